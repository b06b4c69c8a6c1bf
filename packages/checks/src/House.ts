/**
 * The picture of the house, drawn from the folders that exist: every arrow points down.
 * `pnpm house` writes it; `pnpm check house` finds one that is out of date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { rooms, waysIn } from "./Rooms.ts"
import type { Step } from "./Step.ts"
import { inRoot, projects, published } from "./Workspace.ts"

// --- models ---

interface Floor {
  readonly title: string
  readonly remark: string
  readonly boxes: ReadonlyArray<string>
}

const file = inRoot("docs/public/house.svg")

// --- reading the folders ---

const packageNames = () => published.map((_) => basename(_.path)).filter((name) => name !== "core")

const floors = (): ReadonlyArray<Floor> => {
  const names = packageNames()
  return [
    {
      title: "examples",
      remark: "compose layers",
      boxes: projects.filter((_) => _.folder.startsWith("examples/")).map((_) => basename(_.path))
    },
    { title: "ways in", remark: "thin", boxes: names.filter((_) => waysIn.includes(_)) },
    {
      title: "adapters",
      remark: "of core's ports; laws",
      boxes: names.filter((_) => !waysIn.includes(_))
    }
  ]
}

const builtRooms = () => {
  const folders = new Set(readdirSync(inRoot("packages/core/src")))
  return rooms.filter((_) => folders.has(_.name))
}

// --- drawing ---

const width = 860
const left = 20
const inner = width - 2 * left
const floorHeight = 64
const roomHeight = 26

const text = (x: number, y: number, style: string, content: string) =>
  `<text x="${x}" y="${y}" class="${style}">${content}</text>`

const box = (x: number, y: number, w: number, h: number, style: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="5" class="${style}"/>`

const drawFloor = (floor: Floor, y: number): ReadonlyArray<string> => {
  const gap = 10
  const start = left + 170
  const each = Math.min(160, (inner - 180 - gap * (floor.boxes.length - 1)) / floor.boxes.length)
  return [
    box(left, y, inner, floorHeight, "floor"),
    text(left + 14, y + 28, "title", floor.title),
    text(left + 14, y + 46, "remark", floor.remark),
    ...floor.boxes.flatMap((name, index) => {
      const x = start + index * (each + gap)
      return [box(x, y + 14, each, 36, "box"), text(x + 10, y + 36, "name", name)]
    })
  ]
}

/** Down from one floor to the next. */
const arrow = (y: number) => `<path d="M ${left + 76} ${y + 1} h 12 l -6 10 z" fill="#7d8ea3"/>`

const style = `
  text { font-family: ui-sans-serif, system-ui, sans-serif; font-size: 13px; fill: #1c2430 }
  .title { font-weight: 700 } .name { font-family: ui-monospace, monospace; font-size: 12.5px }
  .remark { font-size: 11px; fill: #55606f } .floor { fill: #f3f6fa; stroke: #b9c4d2 }
  .box { fill: #ffffff; stroke: #7d8ea3 } .core { fill: #eaf5ee; stroke: #8fbf9f } .room { fill: #ffffff; stroke: #a9d0b6 }
`

/** The whole picture, as SVG. */
export const draw = (): string => {
  const above = floors()
  const inside = builtRooms()
  const coreTop = 20 + above.length * (floorHeight + 12)
  const coreHeight = 44 + inside.length * (roomHeight + 4) + 10
  const height = coreTop + coreHeight + 20
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="house-title">`,
    `<title id="house-title">The house: each floor and each room imports only what stands below it</title>`,
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...above.flatMap((floor, index) => drawFloor(floor, 20 + index * (floorHeight + 12))),
    ...above.map((_, index) => arrow(20 + index * (floorHeight + 12) + floorHeight)),
    box(left, coreTop, inner, coreHeight, "core"),
    text(left + 14, coreTop + 27, "title", "core"),
    text(
      left + 170,
      coreTop + 27,
      "remark",
      "pure rules and services; a room imports only the rooms below it; runs in a browser"
    ),
    ...inside.flatMap((room, index) => {
      const y = coreTop + 40 + index * (roomHeight + 4)
      return [
        box(left + 14, y, inner - 28, roomHeight, "room"),
        text(left + 26, y + 17, "name", room.name),
        text(left + 170, y + 17, "remark", room.holds)
      ]
    }),
    "</svg>",
    ""
  ]
  return lines.join("\n")
}

export const write = (): void => writeFileSync(file, draw())

// --- the step ---

export const house: Step = {
  name: "house",
  title: "Picture of the house",
  run: async () => ({
    problems:
      existsSync(file) && readFileSync(file, "utf8") === draw()
        ? []
        : ["docs/public/house.svg shows another house than the folders: run pnpm house"],
    saw: `${builtRooms().length} rooms, ${packageNames().length + 1} packages`
  })
}
