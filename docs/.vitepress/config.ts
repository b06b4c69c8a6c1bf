import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { type DefaultTheme, defineConfig } from "vitepress"
import { diagrams } from "./diagrams.ts"

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

/** The first page of the rules, its groups in its order, then the page of next steps. */
const rules = (folder: string): Array<DefaultTheme.SidebarItem> => {
  const first = readFileSync(join(docs, folder, "index.md"), "utf8")
  const groups = [...new Set([...first.matchAll(/\]\(\.\/([a-z-]+)\)/g)].map(([, name]) => name))]
  return [
    { text: titleOf(`${folder}/index.md`), link: `/${folder}/` },
    ...groups.flatMap((name) => pages(`${folder}/${name}.md`))
  ]
}

export default defineConfig({
  title: "KIS",
  description: "The library for systems that enrol people in health cover, starting with Indonesia's health card",
  lang: "en",
  cleanUrls: true,
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  markdown: { config: diagrams },
  // Only the pages of the rules exist in both languages; each links its twin.
  locales: {
    root: { label: "English", lang: "en" },
    id: {
      label: "Bahasa Indonesia",
      lang: "id",
      link: "/id/aturan/",
      themeConfig: {
        nav: [{ text: "Aturan", link: "/id/aturan/" }],
        sidebar: [{ text: "Aturan", items: rules("id/aturan") }],
        outline: { label: "Di halaman ini" },
        docFooter: { prev: "Sebelumnya", next: "Berikutnya" },
        darkModeSwitchLabel: "Tampilan",
        sidebarMenuLabel: "Menu",
        returnToTopLabel: "Kembali ke atas",
        langMenuLabel: "Ganti bahasa"
      }
    }
  },
  themeConfig: {
    i18nRouting: false,
    nav: [
      { text: "Start", link: "/getting-started" },
      { text: "Concepts", link: "/concepts" },
      { text: "Rules", link: "/rules/" },
      { text: "API", link: "/api/" }
    ],
    sidebar: [
      {
        text: "Guide",
        items: [
          "getting-started",
          "concepts",
          "applications",
          "life-events",
          "consent-and-access",
          "write-a-layer",
          "write-an-adapter",
          "benchmarks",
          "mutation",
          "long-runs",
          "security"
        ].flatMap(page)
      },
      { text: "Rules", collapsed: true, items: rules("rules") },
      { text: "Decisions", collapsed: true, items: pages("decisions/*.md") },
      { text: "API", collapsed: true, items: api() }
    ],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/kis-dev/kis" }]
  }
})
