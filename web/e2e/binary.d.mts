/** A process of the binary under test. */
export interface Running {
  /** The line of JSON with which it said that it is ready. */
  readonly announced: Readonly<Record<string, unknown>>
  readonly pid: number
  /** Everything that it wrote to standard error so far. */
  readonly stderr: () => string
  readonly stop: () => Promise<void>
}

/** The path of the binary under test. */
export function binary(): string

/** Starts the binary with arguments that make it announce itself as one line of JSON. */
export function start(args: readonly string[]): Promise<Running>
