/**
 * What PostgreSQL and the way to it report, as the reasons of the storage port.
 *
 * The server's own words stay behind: they can hold values of a statement.
 */
import { StorageError } from "@kis/core/storage"
import type { SqlError } from "effect/sql/SqlError"

// --- reading ---

/** A deadlock or a serialization failure: nothing was written, the same statement may succeed at once. */
export const isToBeRetried = (error: SqlError): boolean => {
  const code = codeOf(error)
  return code === "40001" || code === "40P01"
}

/** The connection was lost: whether the statement was carried out is not known. */
export const isLost = (error: SqlError): boolean => {
  const code = codeOf(error)
  return error.reason._tag === "ConnectionError" || (code !== undefined && LOST.has(code))
}

/** The reason for an error, or undefined when it is none of the database but a defect of ours. */
export const reasonOf = (error: SqlError, place: string): StorageError.Reason | undefined => {
  const code = codeOf(error)
  if (code === "3D000") return new StorageError.CannotOpen({ place, detail: "there is no such database" })
  if (code === "42501") return new StorageError.ReadOnly({ place })
  if (code === "25006") return new StorageError.ReadOnly({ place })
  if (code === "53100") return new StorageError.Full({ place })
  if (code === "XX001" || code === "XX002") {
    return new StorageError.Corrupt({ place, detail: "PostgreSQL finds a damaged page" })
  }
  if (error.reason._tag === "AuthenticationError") {
    return new StorageError.CannotOpen({ place, detail: "the name or password is refused" })
  }
  if (isLost(error)) return new StorageError.Unavailable({ place, detail: lostDetail(error) })
  if (isToBeRetried(error)) {
    return new StorageError.Unavailable({ place, detail: "others held the same rows in every attempt" })
  }
  // a time-out of the server's, too many connections, out of memory
  if (code === "57014" || code === "55P03" || code?.startsWith("53") === true) {
    return new StorageError.Unavailable({ place, detail: `PostgreSQL reports ${code}` })
  }
  return undefined
}

// --- private ---

// https://www.postgresql.org/docs/current/errcodes-appendix.html: shut down, crashed, not yet started
const LOST = new Set(["57P01", "57P02", "57P03", "57P05"])

const codeOf = ({ reason }: SqlError): string | undefined => {
  const { cause } = reason
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined
}

const lostDetail = (error: SqlError): string => {
  const code = codeOf(error)
  if (error.reason.operation === "connect" && code === undefined) return "no connection can be made"
  return code === undefined ? "the connection was lost" : `the connection failed with ${code}`
}
