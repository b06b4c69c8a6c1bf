/**
 * Writes households.csv and truth.json: a synthetic intake file with planted problems, and what a register has to
 * make of each of its rows.
 *
 * Without options it writes the committed data of this example. Any size is written in the same memory:
 * `node scripts/make-data.ts --people 100000 --seed 7 --out /tmp/large`
 */
import { PlainDate } from "@kis/core/time"
import { IntakeFile } from "@kis/testkit"
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

const { values } = parseArgs({
  options: {
    out: { type: "string", default: fileURLToPath(new URL("../data", import.meta.url)) },
    seed: { type: "string", default: "2026" },
    households: { type: "string" },
    people: { type: "string" },
    problems: { type: "string", default: "0.1" },
    today: { type: "string", default: "2026-11-24" },
    regions: { type: "string", default: "tangerang" }
  }
})

/** Collects lines and writes them in blocks. */
const writer = (path: string) => {
  const file = openSync(path, "w")
  let block = ""
  const flush = () => {
    writeSync(file, block)
    block = ""
  }
  return {
    line: (text: string) => {
      block += `${text}\n`
      if (block.length > 1 << 20) flush()
    },
    end: () => {
      flush()
      closeSync(file)
    }
  }
}

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
const people = number(values.people)
const households = number(values.households) ?? (people === undefined ? 400 : undefined)
const options: IntakeFile.Options = {
  seed: Number(values.seed),
  problems: Number(values.problems),
  today: PlainDate.make(values.today),
  regionMix: values.regions === "province99" ? "province99" : "tangerang",
  ...(households === undefined ? {} : { households }),
  ...(people === undefined ? {} : { people })
}

mkdirSync(values.out, { recursive: true })
const csv = writer(join(values.out, "households.csv"))
const truth = writer(join(values.out, "truth.json"))
csv.line(IntakeFile.header)
truth.line(`{"options":${JSON.stringify(options)},"rows":[`)
let [rows, planted, held] = [0, 0, ""]
for (const line of IntakeFile.lines(options)) {
  csv.line(line.csv)
  // The comma goes behind a row when there is a next one.
  if (held !== "") truth.line(`${held},`)
  held = JSON.stringify(line.truth)
  rows += 1
  if (line.truth.group !== "clean") planted += 1
}
truth.line(held)
truth.line("]}")
csv.end()
truth.end()
process.stdout.write(`${rows} people, ${planted} of them with something planted, in ${values.out}\n`)
