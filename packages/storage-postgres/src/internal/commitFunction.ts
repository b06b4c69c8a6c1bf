/**
 * The function that commits a batch in one round trip, as text, generated from the declarations.
 *
 * It judges first and writes then. Judging takes locks in the order that is the same everywhere: rows by
 * aggregate and id, heads by subject; writing takes them by new rows, new heads and keys. A refusal
 * therefore writes nothing but the batch's id, which it takes back. When a race is lost only while
 * writing, what was written is undone and all is judged again, with everything that others
 * committed in view: so a refusal is always complete.
 *
 * Failures are triples: kind (1 unique key, 2 version, 3 head), item, number of the key.
 */
import type { Layout, Shape } from "./layout.ts"
import { name } from "./sql.ts"

// --- parameters ---

/** The parameters and their types, in order. `from` and `to` bound the part of an aggregate, by its position. */
export const parameters = ({
  numbers,
  texts
}: Pick<Shape, "numbers" | "texts">): ReadonlyArray<readonly [name: string, type: string]> => [
  ["p_batch", "uuid"],
  ["p_at", "bigint"],
  // how many of the oldest batches are looked at, and forgotten when they are a day old
  ["p_forget", "int"],
  // rows that must be at a version: written over, removed or only expected
  ["p_old_from", "int[]"],
  ["p_old_to", "int[]"],
  ["p_old_write", "boolean[]"],
  ["p_old_item", "int[]"],
  ["p_old_id", "uuid[]"],
  ["p_old_version", "int[]"],
  // rows with a body: new ones, then those written over
  ["p_new_from", "int[]"],
  ["p_new_to", "int[]"],
  ["p_set_from", "int[]"],
  ["p_set_to", "int[]"],
  ["p_row_item", "int[]"],
  ["p_row_id", "uuid[]"],
  ["p_row_version", "int[]"],
  ["p_row_body", "bytea[]"],
  ...range(numbers).map((i) => [`p_row_n${i}`, "bigint[]"] as const),
  ...range(texts).map((i) => [`p_row_t${i}`, "text[]"] as const),
  ["p_gone_from", "int[]"],
  ["p_gone_to", "int[]"],
  ["p_gone_id", "uuid[]"],
  // heads that must be where they were said to be, and those of new logs
  ["p_head_item", "int[]"],
  ["p_head_subject", "uuid[]"],
  ["p_head_before", "int[]"],
  ["p_head_before_mac", "bytea[]"],
  ["p_head_sequence", "int[]"],
  ["p_head_mac", "bytea[]"],
  ["p_first_item", "int[]"],
  ["p_first_subject", "uuid[]"],
  ["p_first_sequence", "int[]"],
  ["p_first_mac", "bytea[]"],
  ["p_line_subject", "uuid[]"],
  ["p_line_sequence", "int[]"],
  ["p_line_mac", "bytea[]"],
  ["p_line_body", "bytea[]"],
  ["p_take_item", "int[]"],
  ["p_take_name", "smallint[]"],
  ["p_take_bytes", "bytea[]"],
  ["p_take_id", "uuid[]"],
  ["p_free_name", "smallint[]"],
  ["p_free_bytes", "bytea[]"],
  ["p_free_id", "uuid[]"],
  ["p_mark_name", "smallint[]"],
  ["p_mark_bytes", "bytea[]"],
  ["p_mark_id", "uuid[]"],
  ["p_unmark_name", "smallint[]"],
  ["p_unmark_bytes", "bytea[]"],
  ["p_unmark_id", "uuid[]"]
]

// --- text ---

/**
 * The statement that makes it. Its plans are fixed: every table is reached through its index, whatever the
 * planner thought of it while it was empty.
 */
export const definition = (shape: Shape): string => {
  const list = parameters(shape).map((parameter) => parameter.join(" "))
  return `create function ${at(shape, name(shape.commit))} (${list.join(", ")}) returns int[] language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan
as $kis$
declare
  f int[] := '{}'; i int; c int; n int; lo int; hi int; k smallint; careful boolean := false; rounds int := 0;
begin
  insert into ${at(shape, "batch")} (id, at) values (p_batch, p_at) on conflict do nothing;
  if not found then return f; end if;
  loop
${shape.layouts.map((layout, k) => judgeOld(layout, k + 1)).join("")}${judgeHeads(shape)}${judgeKeys(shape)}
    if careful or f <> '{}' then
${shape.layouts.map((layout, k) => judgeNew(layout, k + 1)).join("")}${judgeRest(shape)}
    end if;
    if f <> '{}' then
      delete from ${at(shape, "batch")} where id = p_batch;
      return f;
    end if;
    begin
${shape.layouts.map((layout, k) => writeRows(layout, k + 1)).join("")}${writeHeads(shape)}${writeKeys(shape)}
      if p_forget > 0 then
        delete from ${at(shape, "batch")} where id = any(array(
          select o.id from (
            select b.id, b.at from ${at(shape, "batch")} b order by b.id limit p_forget for update skip locked
          ) o where o.at < p_at - ${BATCH_MEMORY}
        ));
      end if;
      return f;
    exception when sqlstate 'KI001' then
      careful := true;
      rounds := rounds + 1;
      if rounds > ${ROUNDS} then raise exception using errcode = '40001'; end if;
    end;
  end loop;
end
$kis$`
}

// --- private ---

const BATCH_MEMORY = 24 * 60 * 60 * 1_000
const ROUNDS = 50

const range = (length: number) => Array.from({ length }, (_, i) => i + 1)

const at = ({ schema }: Shape, table: string) => `${name(schema)}.${table}`

const lost = "raise exception using errcode = 'KI001';"

/** Some array parameters, the part between lo and hi. */
const part = (...names: ReadonlyArray<string>) => names.map((each) => `${each}[lo:hi]`).join(", ")

/** Locks those that are as expected; of the others, says which. Once more when one changed in between. */
const judgeLocked = (table: string, key: string, source: string, same: string, lock: string, kind: number) => `
      loop
        select count(*) into c from (
          select 1 from ${source} join ${table} t on t.${key} = u.${key} and ${same} order by t.${key} for ${lock} of t
        ) l;
        exit when c = n;
        for i in
          select u.item from ${source} where not exists (select 1 from ${table} t where t.${key} = u.${key} and ${same})
        loop f := f || array[${kind}, i, 0]; end loop;
        exit when f <> '{}';
      end loop;`

const judgeOld = ({ table }: Layout, k: number) => {
  const source = `unnest(${part("p_old_item", "p_old_id", "p_old_version")}) u(item, id, version)`
  const judge = (lock: string) => judgeLocked(table, "id", source, "t.version = u.version", lock, 2)
  return `
    lo := p_old_from[${k}]; hi := p_old_to[${k}]; n := hi - lo + 1;
    if n > 0 then
      if p_old_write[${k}] then ${judge("update")}
      else ${judge("share")}
      end if;
    end if;`
}

const judgeHeads = (shape: Shape) => `
    n := cardinality(p_head_item);
    if n > 0 then ${judgeLocked(
      at(shape, "log_head"),
      "subject",
      "unnest(p_head_item, p_head_subject, p_head_before, p_head_before_mac) u(item, subject, sequence, mac)",
      "t.sequence = u.sequence and t.mac = u.mac",
      "update",
      3
    )}
    end if;`

/** Keys that others hold and that this batch does not free. Nothing is locked: to take them decides. */
const judgeKeys = (shape: Shape) => `
    if cardinality(p_take_item) > 0 then
      for i, k in
        select u.item, u.name from unnest(p_take_item, p_take_name, p_take_bytes) u(item, name, bytes)
        join ${at(shape, "key_unique")} t on t.name = u.name and t.bytes = u.bytes
        where not exists (
          select 1 from unnest(p_free_name, p_free_bytes, p_free_id) v(name, bytes, id)
          where v.name = t.name and v.bytes = t.bytes and v.id = t.id
        )
      loop f := f || array[1, i, k]; end loop;
    end if;`

const judgeNew = ({ table }: Layout, k: number) => `
      lo := p_new_from[${k}]; hi := p_new_to[${k}];
      if hi >= lo then
        for i in select u.item from unnest(${part("p_row_item", "p_row_id")}) u(item, id) join ${table} t on t.id = u.id
        loop f := f || array[2, i, 0]; end loop;
      end if;`

/** Logs that have begun, and keys that two items of the batch take. */
const judgeRest = (shape: Shape) => `
      for i in
        select u.item from unnest(p_first_item, p_first_subject) u(item, subject)
        join ${at(shape, "log_head")} t on t.subject = u.subject
      loop f := f || array[3, i, 0]; end loop;
      for i, k in
        select d.item, d.name from (
          select u.item, u.name, row_number() over (partition by u.name, u.bytes order by u.item) as turn
          from unnest(p_take_item, p_take_name, p_take_bytes) u(item, name, bytes)
        ) d where d.turn > 1
      loop f := f || array[1, i, k]; end loop;`

/** An aggregate's columns with the arrays that carry them. */
const carriers = ({ columns, declaration }: Layout) => {
  const used = { number: 0, text: 0 }
  return declaration.columns.map(({ kind }, i) => ({
    column: columns[i]!,
    array: kind === "text" ? `p_row_t${++used.text}` : `p_row_n${++used.number}`
  }))
}

const writeRows = (layout: Layout, k: number) => {
  const { table } = layout
  const carried = carriers(layout)
  const names = carried.map(({ column }) => `, ${column}`).join("")
  const fields = carried.map(({ column }) => `, u.${column}`).join("")
  const sets = carried.map(({ column }) => `, ${column} = u.${column}`).join("")
  const arrays = carried.map(({ array }) => array)
  return `
      lo := p_new_from[${k}]; hi := p_new_to[${k}];
      if hi >= lo then
        insert into ${table} (id, version, body${names})
          select u.id, u.version, u.body${fields}
          from unnest(${part("p_row_id", "p_row_version", "p_row_body", ...arrays)}) u(id, version, body${names})
          order by u.id on conflict do nothing;
        get diagnostics c = row_count;
        if c <> hi - lo + 1 then ${lost} end if;
      end if;
      lo := p_set_from[${k}]; hi := p_set_to[${k}];
      if hi >= lo then
        update ${table} t set version = t.version + 1, body = u.body${sets}
          from unnest(${part("p_row_id", "p_row_body", ...arrays)}) u(id, body${names}) where t.id = u.id;
      end if;
      lo := p_gone_from[${k}]; hi := p_gone_to[${k}];
      if hi >= lo then
        delete from ${table} where id = any(p_gone_id[lo:hi]);
      end if;`
}

const writeHeads = (shape: Shape) => `
      if cardinality(p_head_item) > 0 then
        update ${at(shape, "log_head")} t set sequence = u.sequence, mac = u.mac
          from unnest(p_head_subject, p_head_sequence, p_head_mac) u(subject, sequence, mac) where t.subject = u.subject;
      end if;
      n := cardinality(p_first_item);
      if n > 0 then
        insert into ${at(shape, "log_head")} (subject, sequence, mac)
          select u.subject, u.sequence, u.mac
          from unnest(p_first_subject, p_first_sequence, p_first_mac) u(subject, sequence, mac)
          order by u.subject on conflict do nothing;
        get diagnostics c = row_count;
        if c <> n then ${lost} end if;
      end if;
      if cardinality(p_line_subject) > 0 then
        insert into ${at(shape, "log")} (subject, sequence, mac, body)
          select * from unnest(p_line_subject, p_line_sequence, p_line_mac, p_line_body);
      end if;`

const writeKeys = (shape: Shape) => `
      if cardinality(p_free_name) > 0 then
        perform 1 from (
          select * from unnest(p_free_name, p_free_bytes) union select * from unnest(p_take_name, p_take_bytes)
        ) u(name, bytes)
        join ${at(shape, "key_unique")} t on t.name = u.name and t.bytes = u.bytes order by t.name, t.bytes for update of t;
        delete from ${at(shape, "key_unique")} t
          using unnest(p_free_name, p_free_bytes, p_free_id) u(name, bytes, id)
          where t.name = u.name and t.bytes = u.bytes and t.id = u.id;
      end if;
      n := cardinality(p_take_item);
      if n > 0 then
        insert into ${at(shape, "key_unique")} (name, bytes, id)
          select u.name, u.bytes, u.id from unnest(p_take_item, p_take_name, p_take_bytes, p_take_id) u(item, name, bytes, id)
          order by u.name, u.bytes, u.item on conflict do nothing;
        get diagnostics c = row_count;
        if c <> n then ${lost} end if;
      end if;
      if cardinality(p_unmark_name) > 0 then
        delete from ${at(shape, "key_blind")} t
          using unnest(p_unmark_name, p_unmark_bytes, p_unmark_id) u(name, bytes, id)
          where t.name = u.name and t.bytes = u.bytes and t.id = u.id;
      end if;
      if cardinality(p_mark_name) > 0 then
        insert into ${at(shape, "key_blind")} (name, bytes, id)
          select * from unnest(p_mark_name, p_mark_bytes, p_mark_id) on conflict do nothing;
      end if;`
