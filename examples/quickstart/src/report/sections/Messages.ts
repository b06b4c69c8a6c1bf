/**
 * What people were told, and whether it reached them.
 */
import * as Bars from "../pictures/Bars.ts"
import { type Tone, toneOrder } from "../pictures/Drawing.ts"
import type { Markup } from "../Markup.ts"
import { count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

const messageTones: Record<ReportData.Messages["state"], Tone> = {
  read: "green",
  delivered: "green-soft",
  sent: "blue",
  sending: "violet",
  waiting: "violet",
  unknown: "grey",
  expired: "amber",
  failed: "red"
}

export const messages = ({ messages }: ReportData.ReportData): Markup => {
  const title = words("Pesan menurut keadaan", "Messages by state")
  if (messages.length === 0) return nothing("messages", title, words("Belum ada pesan.", "No messages yet."))
  const of = (template: ReportData.Messages["template"], state?: ReportData.Messages["state"]) =>
    ReportData.sum(messages, (it) => it.template === template && (state === undefined || it.state === state))
  const templates = ReportData.grouped(messages, (it) => it.template)
    .toSorted((a, b) => b.count - a.count)
    .map((it) => it.key)
  const present = ReportData.grouped(messages, (it) => it.state)
    .map((it) => it.key)
    .toSorted((a, b) => toneOrder(messageTones[a]) - toneOrder(messageTones[b]))
  return figure({
    id: "messages",
    title,
    lead: words(
      "Satu pesan untuk satu nomor dan satu kabar: ponsel keluarga tidak berdering lima kali.",
      "One message for a phone and a piece of news: a family phone does not ring five times."
    ),
    draw: Bars.draw(
      templates.map((template) => ({
        label: Words.templateWords[template].id,
        other: Words.templateWords[template].en,
        parts: present.map((state) => ({
          name: Words.messageStateWords[state].id,
          value: of(template, state),
          tone: messageTones[state]
        }))
      })),
      { labels: "above", write: number }
    ),
    legend: present.map((state) => ({ tone: messageTones[state], words: Words.messageStateWords[state] })),
    table: {
      head: [words("Pesan", "Message"), ...present.map((it) => Words.messageStateWords[it]), words("Jumlah", "Sum")],
      rows: templates.map((template) => [
        Words.templateWords[template],
        ...present.map((state) => count(number(of(template, state)))),
        count(number(of(template)))
      ]),
      foot: [
        words("Jumlah", "Sum"),
        ...present.map((state) => count(number(ReportData.sum(messages, (it) => it.state === state)))),
        count(number(ReportData.sum(messages)))
      ]
    }
  })
}
