/**
 * Mermaid blocks as pictures in the built pages: drawn when the site is built, so that a
 * reader loads no program for them, and without a browser (beautiful-mermaid is a layout
 * and a writer of SVG). A page's source stays Mermaid, which GitHub draws too.
 */
import { renderMermaidSVG } from "beautiful-mermaid"
import type { MarkdownOptions } from "vitepress"

type Markdown = Parameters<NonNullable<MarkdownOptions["config"]>>[0]

export const diagrams = (md: Markdown): void => {
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index]
    if (token?.info.trim() === "mermaid") return `<div class="diagram">${picture(token.content)}</div>\n`
    return fence?.(tokens, index, options, env, self) ?? ""
  }
}

/**
 * The picture without its style sheet: that asks a foreign server for a font, and a page
 * of the site may hold no such element. The colours are in the theme.
 */
const picture = (source: string): string => {
  const svg = renderMermaidSVG(source)
  const bare = svg.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/ (?:width|style)="[^"]*"(?=[^>]*>)/, "")
  if (bare.includes("<style") || bare.includes("http-equiv")) throw new Error("A diagram still holds a style sheet")
  return bare.replaceAll("{{", "&#123;&#123;")
}
