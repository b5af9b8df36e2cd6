import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './theme/mantine'
import './theme/tokens.css'
import './theme/global.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { IntlProvider } from 'use-intl'
import { problemOf } from './api/problem'
import { messages } from './messages'
import { createAppRouter } from './routes'
import { theme, variables } from './theme/theme'
import { browserZone } from './time/zone'

/** A refusal is an answer: asking again would only count as one more refusal. */
function shouldRetry(failures: number, error: unknown): boolean {
  const { status } = problemOf(error)
  return failures < 2 && (status === 0 || status >= 500)
}

/** Puts the dashboard into the page. */
export function mount(root: HTMLElement, nonce: string): void {
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, refetchOnWindowFocus: false, staleTime: 10_000 },
      mutations: { retry: false },
    },
  })
  const router = createAppRouter(queries)
  createRoot(root).render(
    <IntlProvider locale={messages.locale} messages={messages.texts} timeZone={browserZone()}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </IntlProvider>,
  )
}
