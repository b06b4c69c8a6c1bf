/**
 * Which mutants the compiler refuses: no test needs to notice what cannot be built.
 */
import { dirname, join } from "node:path"
import ts from "typescript"

/** One change of a file: the offsets between which a text stands instead. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Says, of a change of a file below `packages/core/src` of a folder, whether its types no longer hold. */
export const make = (folder: string): ((file: string, change: Change) => boolean) => {
  const config = join(folder, "packages/core/tsconfig.json")
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent({ ...json, include: ["src"] }, ts.sys, dirname(config))
  const changed = new Map<string, { readonly version: number; readonly text: string }>()
  let version = 0
  const read = (name: string) => changed.get(name)?.text ?? ts.sys.readFile(name)
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: (name) => String(changed.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const text = read(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories
  })
  return (file, { end, start, text }) => {
    const name = join(folder, file)
    const original = ts.sys.readFile(name) ?? ""
    version++
    changed.set(name, { version, text: original.slice(0, start) + text + original.slice(end) })
    // What a mutant makes unused is not wrong, only idle.
    const refused = [...service.getSyntacticDiagnostics(name), ...service.getSemanticDiagnostics(name)].some(
      ({ category, code }) => category === ts.DiagnosticCategory.Error && !idle.has(code)
    )
    version++
    changed.set(name, { version, text: original })
    return refused
  }
}

// --- private ---

/** "... is declared but its value is never read", "unreachable code", and their like. */
const idle = new Set([6133, 6138, 6192, 6196, 6198, 7027, 7028])
