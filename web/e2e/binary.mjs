import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const START_LIMIT_MS = 60_000
/** A server that does not end after being asked to is killed. */
const STOP_LIMIT_MS = 15_000

/** The binary under test: `ANNALS_BINARY`, else what cargo left in the optimised profile. */
export function binary() {
  const named = process.env.ANNALS_BINARY
  if (named) return named
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const target = process.env.CARGO_TARGET_DIR || join(root, 'target')
  const path = join(target, 'optimised', 'annals')
  if (existsSync(path)) return path
  throw new Error(
    `${path} is missing: cargo build --profile optimised -p cli, or set ANNALS_BINARY to a binary`,
  )
}

/** Processes that still run; none outlives this one. */
const running = new Set()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/**
 * Starts the binary with arguments that make it announce itself as one line of JSON.
 * Fails with what it wrote when it ends before that.
 */
export async function start(args) {
  const child = spawn(binary(), args, { stdio: ['ignore', 'pipe', 'pipe'], env: cleanEnv() })
  running.add(child)
  let said = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text) => {
    said += text
  })
  const ended = new Promise((resolve) => child.once('exit', resolve)).then((code) => {
    running.delete(child)
    return code
  })
  const announced = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the server did not start in time; it wrote:\n${said}`))
    }, START_LIMIT_MS)
    const settle = (act) => (value) => {
      clearTimeout(timer)
      act(value)
    }
    child.once('error', settle(reject))
    void ended.then((code) => settle(reject)(new Error(`the server ended (${code}):\n${said}`)))
    // All lines are read, so that the server never waits for a reader.
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) settle(resolve)(JSON.parse(line))
    })
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
    await ended
    clearTimeout(timer)
  }
  return { announced, pid: child.pid, stderr: () => said, stop }
}

/** The environment without what would point commands at another server. */
function cleanEnv() {
  const env = { ...process.env }
  for (const name of ['ANNALS_URL', 'ANNALS_TOKEN', 'ANNALS_ACCOUNT']) delete env[name]
  return env
}
