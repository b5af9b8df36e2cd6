import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, start } from './binary.mjs'

/** The owner of every server of these tests. */
export const OWNER = { name: 'Alma Berg', email: 'alma@acme.example' } as const

/** An account of the tests, by its id and its name. */
export interface Account {
  readonly id: string
  readonly name: string
}

export const ACME: Account = { id: 'acme', name: 'Acme Inc.' }
export const ZETA: Account = { id: 'zeta', name: 'Zeta Labs' }
export const QUIET: Account = { id: 'quiet', name: 'Quiet Ltd.' }

/** An event as it is sent. */
export type NewEvent = Readonly<Record<string, unknown>> & { readonly action: string }

/** The most events of one request. */
const BATCH = 500

/** The real binary on a fresh data directory, on a free port of this machine. */
export class Server {
  /** When this server was started, in whole minutes; everything that is seeded happened before. */
  readonly startedAt = Math.floor(Date.now() / 60_000) * 60_000

  private constructor(
    private readonly process: Running,
    private readonly directory: string,
    readonly url: string,
    /** A key of the instance that may do everything; empty where nothing was bootstrapped. */
    readonly token: string,
    /** The password of {@link OWNER}; empty where nothing was bootstrapped. */
    readonly password: string,
  ) {}

  /** Starts a server that belongs to {@link OWNER} and has accounts. */
  static async start(accounts: readonly Account[]): Promise<Server> {
    const directory = await mkdtemp(join(tmpdir(), 'annals-e2e-'))
    const password = randomBytes(12).toString('base64url')
    const [keyFile, passwordFile] = [join(directory, 'key'), join(directory, 'password')]
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    const owner = `{ email = "${OWNER.email}", name = "${OWNER.name}", password_file = "${passwordFile}" }`
    const listed = accounts.map(({ id, name }) => `{ id = "${id}", name = "${name}" }`).join(', ')
    return Server.launch(directory, password, keyFile, [
      '[bootstrap]',
      `owner = ${owner}`,
      `key_file = "${keyFile}"`,
      `accounts = [${listed}]`,
    ])
  }

  /** Starts a server as somebody finds it who has just installed it: nobody owns it. */
  static async startEmpty(): Promise<Server> {
    const directory = await mkdtemp(join(tmpdir(), 'annals-e2e-'))
    return Server.launch(directory, '', null, [])
  }

  private static async launch(
    directory: string,
    password: string,
    keyFile: string | null,
    bootstrap: readonly string[],
  ): Promise<Server> {
    const config = join(directory, 'annals.toml')
    const lines = [
      `data_dir = "${join(directory, 'data')}"`,
      '[listen]',
      'address = "127.0.0.1:0"',
      // Tests name the address from which an event came, as a proxy would.
      'trusted_proxies = ["127.0.0.1/32"]',
      ...bootstrap,
    ]
    await writeFile(config, `${lines.join('\n')}\n`)
    const running = await start(['serve', '--json', '--config', config])
    const token = keyFile === null ? '' : (await readFile(keyFile, 'utf8')).trim()
    const url = String(running.announced.url)
    return new Server(running, directory, url, token, password)
  }

  /** The link with which the first owner claims this server. */
  get setupLink(): string {
    const link = /https?:\/\/\S+\/setup#code=\S+/.exec(this.process.stderr())?.[0]
    if (link === undefined) throw new Error('the server printed no setup link')
    return link
  }

  /** Asks the API as the key of the instance; fails when the answer is a refusal. */
  async api<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.ask(method, path, body)
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    }
    const text = await response.text()
    return (text === '' ? null : JSON.parse(text)) as T
  }

  /** Asks the API as the key of the instance, or as another key. */
  ask(method: string, path: string, body?: unknown, token = this.token): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const init: RequestInit = { method, headers }
    if (body !== undefined) init.body = JSON.stringify(body)
    return fetch(`${this.url}${path}`, init)
  }

  /** Records events, and waits until searches find them. */
  async record(account: string, events: readonly NewEvent[]): Promise<void> {
    for (let at = 0; at < events.length; at += BATCH) {
      const path = `/v1/accounts/${account}/events?wait=indexed`
      await this.api('POST', path, events.slice(at, at + BATCH))
    }
  }

  /** Ends the process and removes its directory. */
  async stop(): Promise<void> {
    await this.process.stop()
    await rm(this.directory, { recursive: true, force: true })
  }
}
