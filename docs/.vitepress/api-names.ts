/**
 * A typedoc plugin: names each page of the API as it is written in an import.
 */
import { type Application, Converter } from "typedoc"

const asImported = (name: string) =>
  `@kis/${name
    .replace(/^packages\//, "")
    .replace(/\/src(\/index)?$/, "")
    .replace(/\/src\//, "/")}`

export const load = (app: Application): void => {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = asImported(module.name)
  })
}
