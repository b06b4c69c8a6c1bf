/**
 * A register in the shape of a bulk import, without its rules: a person is five sealed rows, three
 * unique keys, five blind keys and two chained log lines; four people a household.
 */
import { Aggregate } from "@kis/core/storage"
import * as Schema from "effect/Schema"

// --- aggregates ---

export const Participant = Aggregate.make("participant", {
  schema: Schema.Struct({
    nik: Schema.String,
    card: Schema.String,
    name: Schema.String,
    birth: Schema.String,
    mother: Schema.String,
    phone: Schema.String,
    address: Schema.String,
    segment: Schema.String
  }),
  unique: { nik: (one) => [one.nik] },
  blind: {
    nameBirth: (one) => [`${one.name}|${one.birth}`],
    motherBirth: (one) => [`${one.mother}|${one.birth}`],
    nameMother: (one) => [`${one.name}|${one.mother}`],
    household: (one) => [one.card],
    phone: (one) => [one.phone]
  }
})

export const Membership = Aggregate.make("membership", {
  schema: Schema.Struct({
    participant: Schema.String,
    card: Schema.String,
    state: Schema.String,
    office: Schema.String,
    class: Schema.Int
  }),
  unique: { card: (one) => [one.card], liveOf: (one) => [one.participant] },
  ordered: { state: { text: (one) => one.state } },
  indexes: { state: ["state"] }
})

export const Registration = Aggregate.make("registration", {
  schema: Schema.Struct({
    participant: Schema.String,
    household: Schema.String,
    office: Schema.String,
    day: Schema.Int,
    channel: Schema.String
  }),
  ordered: { day: { number: (one) => one.day } },
  indexes: { day: ["day"] }
})

export const Clock = Aggregate.make("clock", {
  schema: Schema.Struct({
    of: Schema.String,
    kind: Schema.String,
    office: Schema.String,
    due: Schema.Int,
    state: Schema.String
  }),
  ordered: { state: { text: (one) => one.state }, due: { number: (one) => one.due } },
  indexes: { due: ["state", "due"] }
})

export const Message = Aggregate.make("message", {
  schema: Schema.Struct({
    to: Schema.String,
    template: Schema.String,
    name: Schema.String,
    card: Schema.String,
    lane: Schema.Int,
    due: Schema.Int,
    attempts: Schema.Int,
    state: Schema.String
  }),
  ordered: { lane: { number: (one) => one.lane }, due: { number: (one) => one.due } },
  indexes: { queue: ["lane", "due"] }
})

export const aggregates = [Participant, Membership, Registration, Clock, Message]

// --- people ---

export const HOUSEHOLD = 4

/** The values of one person: everything that is written about them. */
export const person = (no: number) => {
  const household = Math.floor(no / HOUSEHOLD)
  const card = `0${String(no).padStart(12, "0")}`
  const name = `PERSON NUMBER ${no}`
  const phone = `+62811${no}`
  return {
    participant: {
      nik: `99${String(no).padStart(14, "0")}`,
      card: `98${String(household).padStart(14, "0")}`,
      name,
      birth: "1990-01-01",
      mother: `MOTHER ${household}`,
      phone,
      address: `JALAN CONTOH ${household}, CIPONDOH`,
      segment: "PBPU"
    },
    membership: (participant: string) => ({ participant, card, state: "pending", office: "0903", class: 3 }),
    registration: (participant: string) => ({
      participant,
      household: String(household),
      office: "0903",
      day: 20_000,
      channel: "counter"
    }),
    clock: (of: string) => ({ of, kind: "registration", office: "0903", due: 1_773_400_000, state: "open" }),
    message: {
      to: phone,
      template: "registered",
      name,
      card,
      lane: 1,
      due: 1_773_400_000,
      attempts: 0,
      state: "waiting"
    }
  }
}
