import { hold } from "./seeds.ts"

hold(251, 501)
