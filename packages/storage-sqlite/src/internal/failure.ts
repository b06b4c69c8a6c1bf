/**
 * What SQLite and the file system report, as the reasons of the storage port.
 */
import { StorageError } from "@kis/core/storage"

// --- codes ---

// https://sqlite.org/rescode.html, primary codes
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

// --- reading ---

/** Whether somebody else holds the lock: to be tried again a little later. */
export const isBusy = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === BUSY || code === LOCKED
}

/** The reason for an error, or undefined when it is none of the database but a defect of ours. */
export const reasonOf = (error: unknown, place: string): StorageError.Reason | undefined => {
  switch (codeOf(error)) {
    case BUSY:
    case LOCKED:
      return new StorageError.Unavailable({ place, detail: "another process holds it" })
    case READONLY:
      return new StorageError.ReadOnly({ place })
    case IOERR:
      return new StorageError.Unavailable({ place, detail: "the disk gave an error" })
    case CORRUPT:
      return new StorageError.Corrupt({ place, detail: "SQLite finds it malformed" })
    case FULL:
      return new StorageError.Full({ place })
    case CANTOPEN:
      return new StorageError.CannotOpen({ place, detail: "SQLite cannot open the file or its log" })
    case NOTADB:
      return new StorageError.NotADatabase({ place, detail: "it is no SQLite file" })
  }
  switch (fileCodeOf(error)) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StorageError.ReadOnly({ place })
    case "ENOSPC":
    case "EDQUOT":
      return new StorageError.Full({ place })
    case "ENOENT":
    case "ENOTDIR":
      return new StorageError.CannotOpen({ place, detail: "there is no such folder" })
    case "EISDIR":
      return new StorageError.CannotOpen({ place, detail: "it is a folder" })
    case undefined:
      return undefined
    default:
      return new StorageError.CannotOpen({ place, detail: fileCodeOf(error) ?? "" })
  }
}

// --- private ---

const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined

const fileCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined
