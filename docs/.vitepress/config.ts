import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { type DefaultTheme, defineConfig } from "vitepress"

const docs = join(import.meta.dirname, "..")

const titleOf = (file: string) => /^# (.+)$/m.exec(readFileSync(join(docs, file), "utf8"))?.[1] ?? basename(file, ".md")

const pages = (pattern: string): Array<DefaultTheme.SidebarItem> =>
  globSync(pattern, { cwd: docs })
    .toSorted()
    .map((file) => ({ text: titleOf(file), link: `/${file.replace(/\.md$/, "")}` }))

const page = (name: string): Array<DefaultTheme.SidebarItem> =>
  existsSync(join(docs, `${name}.md`)) ? pages(`${name}.md`) : []

const api = (): Array<DefaultTheme.SidebarItem> =>
  pages("api/@kis/**/*.md")
    .filter((_) => !_.link?.includes("/namespaces/"))
    .map((_) => ({ ..._, link: _.link?.replace(/\/index$/, "/") ?? "" }))

export default defineConfig({
  title: "KIS",
  description: "The library for systems that enrol people in health cover, starting with Indonesia's health card",
  lang: "en",
  cleanUrls: true,
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  themeConfig: {
    nav: [
      { text: "Start", link: "/getting-started" },
      { text: "Concepts", link: "/concepts" },
      { text: "API", link: "/api/" }
    ],
    sidebar: [
      {
        text: "Guide",
        items: [
          "getting-started",
          "concepts",
          "write-an-adapter",
          "rules-and-sources",
          "benchmarks",
          "long-runs",
          "security"
        ].flatMap(page)
      },
      { text: "Decisions", collapsed: true, items: pages("decisions/*.md") },
      { text: "API", collapsed: true, items: api() }
    ],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/kis-dev/kis" }]
  }
})
