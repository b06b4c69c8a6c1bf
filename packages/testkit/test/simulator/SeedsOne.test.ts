import { hold } from "./seeds.ts"

hold(1, 251)
