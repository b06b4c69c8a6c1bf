/**
 * Marks the calls that a module makes when it is loaded as free of effects, which in this house
 * they are (`sideEffects: false`): schemas, services and layers are values. A bundler then leaves
 * out those that nobody uses; without the mark it must keep every one.
 */
import ts from "typescript"

const mark = "/* @__PURE__ */ "

/** The calls that run when the module is loaded, not those inside functions. */
const loadingCalls = (node: ts.Node): ReadonlyArray<ts.Node> => {
  if (ts.isFunctionLike(node)) return []
  if (ts.isClassLike(node)) {
    return [...(node.heritageClauses ?? []), ...node.members.flatMap(initialiser)].flatMap(loadingCalls)
  }
  const inside: Array<ts.Node> = []
  ts.forEachChild(node, (child) => void inside.push(...loadingCalls(child)))
  return ts.isCallExpression(node) || ts.isNewExpression(node) ? [node, ...inside] : inside
}

/** Static fields are set when the class is. */
const initialiser = (member: ts.ClassElement): ReadonlyArray<ts.Node> =>
  ts.isPropertyDeclaration(member) &&
  member.initializer !== undefined &&
  (member.modifiers ?? []).some((_) => _.kind === ts.SyntaxKind.StaticKeyword)
    ? [member.initializer]
    : []

/** Marks the calls in the values of variables and in what classes extend; bare calls stay as they are. */
export const markPureCalls = (code: string): string => {
  const source = ts.createSourceFile("module.ts", code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS)
  return source.statements
    .filter((_) => ts.isVariableStatement(_) || ts.isClassDeclaration(_))
    .flatMap(loadingCalls)
    .map((call) => call.getStart())
    .toSorted((a, b) => b - a)
    .reduce((text, at) => text.slice(0, at) + mark + text.slice(at), code)
}
