/**
 * Examples in the documentation: found, made into modules, their claims into assertions.
 *
 * A claim is a comment `// => value` behind a statement. The value is an expression of the
 * example's own language, so `// => Option.some("9301")` is compared, not merely printed.
 */
import ts from "typescript"

// --- models ---

export interface Example {
  /** File relative to the root. */
  readonly file: string
  /** Line of the file on which the code begins, from 1. */
  readonly line: number
  readonly code: string
}

export interface Unchecked {
  readonly file: string
  readonly line: number
  readonly reason: string
}

export interface Found {
  readonly examples: ReadonlyArray<Example>
  readonly unchecked: ReadonlyArray<Unchecked>
}

export interface Module {
  readonly source: string
  /** How many claims the module asserts. */
  readonly claims: number
  /** Claims that stand behind nothing that has a value. */
  readonly problems: ReadonlyArray<string>
}

// --- finding ---

const fence = /^( *)```(\S*)[ ]*(.*)$/

/**
 * The `ts` fences of a page. A fence marked `continued` goes on where the one before it
 * stopped, as in a tutorial; `no-check: reason` is left out, with its reason.
 */
export const inMarkdown = (file: string, text: string): Found => {
  const examples: Array<Example> = []
  const unchecked: Array<Unchecked> = []
  let open:
    | { readonly language: string; readonly mark: string; readonly line: number; readonly indent: number }
    | undefined
  let body: Array<string> = []
  for (const [index, line] of text.split("\n").entries()) {
    const match = fence.exec(line)
    if (open === undefined) {
      if (match === null) continue
      open = { language: match[2]!, mark: match[3]!.trim(), line: index + 2, indent: match[1]!.length }
      body = []
      continue
    }
    if (match === null || match[2] !== "") {
      body.push(line.slice(open.indent))
      continue
    }
    const example = { file, line: open.line, code: body.join("\n") }
    const previous = examples.at(-1)
    if (open.language !== "ts" && open.language !== "typescript") {
      // another language
    } else if (open.mark.startsWith("no-check")) {
      unchecked.push({ file, line: open.line, reason: open.mark.replace(/^no-check:?\s*/, "") })
    } else if (open.mark === "continued" && previous !== undefined) {
      const gap = example.line - previous.line - previous.code.split("\n").length
      examples[examples.length - 1] = { ...previous, code: previous.code + "\n".repeat(gap + 1) + example.code }
    } else {
      examples.push(example)
    }
    open = undefined
  }
  return { examples, unchecked }
}

const block = /\/\*\*[\s\S]*?\*\//g

/** Strips the comment's own margin, keeping one line for each line. */
const unmargin = (comment: string) =>
  comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .replace(/^[ \t]*\*[ ]?/gm, "")

/** A remark is not code: every line of it is a comment. */
const isRemark = (code: string) => code.split("\n").every((line) => line.trim() === "" || line.trim().startsWith("//"))

/**
 * The examples in a module's documentation comments: `ts` fences, and the text of `@example`
 * up to the next tag where it is not fenced.
 */
export const inSource = (file: string, text: string): Found => {
  const found: Array<Found> = []
  for (const comment of text.matchAll(block)) {
    const first = text.slice(0, comment.index).split("\n").length
    const plain = unmargin(comment[0])
    const fenced = inMarkdown(file, plain)
    const tagged = Array.from(plain.matchAll(/^@example[ \t]*(.*)\n((?:(?!@\w)[^\n]*\n?)*)/gm), (match) => ({
      file,
      line: plain.slice(0, match.index).split("\n").length + 1,
      code: match[2]!.trimEnd()
    })).filter((_) => !_.code.includes("```") && !isRemark(_.code))
    const here = (_: { readonly line: number }) => ({ line: _.line + first - 1 })
    found.push({
      examples: [...fenced.examples, ...tagged].map((_) => ({ ..._, ...here(_) })),
      unchecked: fenced.unchecked.map((_) => ({ ..._, ...here(_) }))
    })
  }
  return { examples: found.flatMap((_) => _.examples), unchecked: found.flatMap((_) => _.unchecked) }
}

// --- making modules ---

const claim = /^\/\/\s*=>\s*(.+)$/

const parse = (code: string) => ts.createSourceFile("example.ts", code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS)

/** The line comments that follow a statement on its last line or alone on the next. */
const claimBehind = (source: ts.SourceFile, statement: ts.Statement): string | undefined => {
  const text = source.getFullText()
  const trailing = ts.getTrailingCommentRanges(text, statement.end) ?? []
  const next = ts.getLeadingCommentRanges(text, statement.end) ?? []
  return [...trailing, ...next.slice(0, 1)]
    .map((range) => claim.exec(text.slice(range.pos, range.end))?.[1])
    .find((_) => _ !== undefined)
}

/** What a claim is about: a value, the thing printed, or the one name that is declared. */
const subject = (statement: ts.Statement): ts.Node | undefined => {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement
    const printed = ts.isCallExpression(expression) && /^console\.\w+$/.test(expression.expression.getText())
    return printed ? expression.arguments[0] : expression
  }
  if (ts.isVariableStatement(statement)) {
    const [declaration, another] = statement.declarationList.declarations
    return another === undefined && declaration !== undefined && ts.isIdentifier(declaration.name)
      ? declaration.name
      : undefined
  }
  return undefined
}

/**
 * The example as a module: its code stays on the lines it has in its file, so that what the
 * compiler says of the module can be read as said of the file.
 */
export const toModule = (example: Example, prelude: string): Module => {
  const source = parse(example.code)
  const problems: Array<string> = []
  const edits: Array<{ readonly from: number; readonly to: number; readonly text: string }> = []
  for (const statement of source.statements) {
    const expected = claimBehind(source, statement)
    if (expected === undefined) continue
    const about = subject(statement)
    if (about === undefined) {
      problems.push(`${example.file}:${example.line}: "// => ${expected}" stands behind nothing that has a value`)
      continue
    }
    const [from, to] = ts.isExpressionStatement(statement)
      ? [statement.getStart(), statement.end]
      : [statement.end, statement.end]
    const line = example.line + source.getLineAndCharacterOfPosition(statement.getStart()).line
    const assertion = `claim(${about.getText()}, ${expected}, "${example.file}:${line}")`
    edits.push({ from, to, text: from === to ? `; ${assertion}` : `;${assertion}` })
  }
  const written = example.code.split("\n").filter((line) => /\/\/\s*=>/.test(line)).length
  if (written !== edits.length + problems.length) {
    problems.push(
      `${example.file}:${example.line}: ${written} claims are written, ${edits.length} belong to a statement`
    )
  }
  const code = edits.reduceRight(
    (text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to),
    example.code
  )
  const head = `${edits.length > 0 ? `import { claim } from "../src/Claim.ts"; ` : ""}${prelude}export {}`
  return { source: `${head}${"\n".repeat(Math.max(example.line - 1, 1))}${code}\n`, claims: edits.length, problems }
}

// --- examples without imports ---

/** A line or two in a documentation comment may leave out the imports, and the generator around a `yield*`. */
export const isBare = (example: Example) => !/^import /m.test(example.code)

/** Wraps a bare example that yields into the generator that it would stand in. */
export const inGenerator = (example: Example): Example =>
  /\byield\*/.test(example.code) && !example.code.includes("function*")
    ? { ...example, code: `Effect.gen(function* () { ${example.code}\n})` }
    : example

/** The names with a capital that the code uses, other than as a property, and does not itself declare. */
export const namesIn = (code: string): ReadonlyArray<string> => {
  const used = new Set<string>()
  const declared = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && /^[A-Z]/.test(node.text)) {
      if (isDeclared(node)) declared.add(node.text)
      else if (!isMember(node)) used.add(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(parse(code))
  return [...used].filter((name) => !declared.has(name))
}

const isDeclared = (node: ts.Identifier) => {
  const { parent } = node
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isTypeAliasDeclaration(parent) ||
      ts.isInterfaceDeclaration(parent) ||
      ts.isTypeParameterDeclaration(parent) ||
      ts.isParameter(parent)) &&
    parent.name === node
  )
}

const isMember = (node: ts.Identifier) =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  (ts.isQualifiedName(node.parent) && node.parent.right === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node)
