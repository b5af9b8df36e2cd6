/** One place of a refused request (RFC 9457 extension `errors`). */
export interface Place {
  readonly index?: number
  readonly pointer?: string
  readonly code?: string
  readonly message: string
}

/** A refused or failed request, as a value that screens can show. */
export class Problem extends Error {
  /** 0 when no answer came at all. */
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId: string | null
  readonly errors: readonly Place[]
  /** Seconds, from `Retry-After`. */
  readonly retryAfter: number | null

  constructor(status: number, body: unknown, retryAfter: string | null = null) {
    const told = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
    const detail = typeof told.detail === 'string' ? told.detail : ''
    super(detail)
    this.name = 'Problem'
    this.status = status
    this.code = typeof told.code === 'string' ? told.code : status === 0 ? 'offline' : 'unknown'
    this.detail = detail
    this.requestId = typeof told.request_id === 'string' ? told.request_id : null
    this.errors = Array.isArray(told.errors) ? (told.errors as Place[]) : []
    const seconds = retryAfter === null ? Number.NaN : Number(retryAfter)
    this.retryAfter = Number.isFinite(seconds) ? seconds : null
  }
}

/** The problem inside anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem(0, { detail: error instanceof Error ? error.message : '' })
}
