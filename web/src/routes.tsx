import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from './api/session'
import { AccountFrame } from './shell/AccountFrame'
import { Missing } from './shell/Missing'
import { Root } from './shell/Root'
import { parseSearch, type RawSearch, stringifySearch } from './shell/search_params'

interface Context {
  queries: QueryClient
}

const validateSearch = (raw: Record<string, unknown>): RawSearch => raw as RawSearch

const root = createRootRouteWithContext<Context>()({
  component: Root,
  notFoundComponent: Missing,
  validateSearch,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session.setup_needed) throw redirect({ to: '/setup' })
    if (!session.signed_in) throw redirect({ to: '/sign-in' })
    // The account of the instance itself comes last: it is where nobody begins.
    const own = session.accounts.filter(({ id }) => id !== 'annals')
    const first = own.find(({ permissions }) => permissions.includes('audit:read')) ?? own[0]
    if (first === undefined) throw redirect({ to: '/setup' })
    throw redirect({ to: '/a/$account/events', params: { account: first.id } })
  },
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/signin/SignInPage'), 'SignInPage'),
})

/** Around the first minutes and what links open, and below around the screens about people: their texts are loaded with them. */
const peopleTexts = lazyRouteComponent(() => import('./messages/PeopleTexts'), 'PeopleTexts')

const links = createRoute({ getParentRoute: () => root, id: 'links', component: peopleTexts })

const setup = createRoute({
  getParentRoute: () => links,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/setup/SetupPage'), 'SetupPage'),
})

const invitation = createRoute({
  getParentRoute: () => links,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./pages/links/InvitationPage'), 'InvitationPage'),
})

const reset = createRoute({
  getParentRoute: () => links,
  path: '/reset',
  component: lazyRouteComponent(() => import('./pages/links/ResetPage'), 'ResetPage'),
})

const portal = createRoute({
  getParentRoute: () => links,
  path: '/portal',
  component: lazyRouteComponent(() => import('./pages/links/PortalPage'), 'PortalPage'),
})

const account = createRoute({
  getParentRoute: () => root,
  path: '/a/$account',
  component: AccountFrame,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session.setup_needed) throw redirect({ to: '/setup' })
    if (!session.signed_in) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
})

const inAccount = <const Path extends string>(path: Path) => ({
  getParentRoute: () => account,
  path,
})

const events = createRoute({
  ...inAccount('/events'),
  component: lazyRouteComponent(() => import('./pages/events/EventsPage'), 'EventsPage'),
})

const resourceTypes = createRoute({
  ...inAccount('/resources'),
  component: lazyRouteComponent(() => import('./pages/resources/TypesPage'), 'TypesPage'),
})

const resourceList = createRoute({
  ...inAccount('/resources/$type'),
  component: lazyRouteComponent(() => import('./pages/resources/ListPage'), 'ListPage'),
})

const resourceOverview = createRoute({
  ...inAccount('/resources/$type/$id'),
  component: lazyRouteComponent(() => import('./pages/resources/OverviewPage'), 'OverviewPage'),
})

const resourceLog = createRoute({
  ...inAccount('/resources/$type/$id/log'),
  component: lazyRouteComponent(() => import('./pages/resources/LogPage'), 'LogPage'),
})

const activity = createRoute({
  ...inAccount('/activity/$actor'),
  component: lazyRouteComponent(() => import('./pages/resources/ActivityPage'), 'ActivityPage'),
})

const catalogue = createRoute({
  ...inAccount('/catalogue'),
  component: lazyRouteComponent(() => import('./pages/catalogue/CataloguePage'), 'CataloguePage'),
})

const catalogueEvent = createRoute({
  ...inAccount('/catalogue/$action'),
  component: lazyRouteComponent(() => import('./pages/catalogue/ActionPage'), 'ActionPage'),
})

const keys = createRoute({
  ...inAccount('/keys'),
  component: lazyRouteComponent(() => import('./pages/keys/KeysPage'), 'KeysPage'),
})

const settings = createRoute({
  ...inAccount('/settings'),
  component: lazyRouteComponent(() => import('./pages/settings/SettingsPage'), 'SettingsPage'),
})

const preferences = createRoute({
  ...inAccount('/preferences'),
  component: lazyRouteComponent(
    () => import('./pages/preferences/PreferencesPage'),
    'PreferencesPage',
  ),
})

const people = createRoute({ getParentRoute: () => account, id: 'people', component: peopleTexts })

const members = createRoute({
  getParentRoute: () => people,
  path: '/members',
  component: lazyRouteComponent(() => import('./pages/members/MembersPage'), 'MembersPage'),
})

const roles = createRoute({
  getParentRoute: () => people,
  path: '/members/roles',
  component: lazyRouteComponent(() => import('./pages/roles/RolesPage'), 'RolesPage'),
})

const security = createRoute({
  getParentRoute: () => people,
  path: '/security',
  component: lazyRouteComponent(() => import('./pages/security/SecurityPage'), 'SecurityPage'),
})

/** The paths of the seeds: *Settings › Monitoring › Audit Logs* and *Settings › Audit Logs* lead to the log. */
const seedPaths = (['/settings/monitoring/audit-logs', '/settings/audit-logs', '/'] as const).map(
  (path) =>
    createRoute({
      ...inAccount(path),
      beforeLoad: ({ params }) => {
        const { account: id } = params as { account: string }
        throw redirect({ to: '/a/$account/events', params: { account: id } })
      },
    }),
)

const tree = root.addChildren([
  home,
  signIn,
  links.addChildren([setup, invitation, reset, portal]),
  account.addChildren([
    events,
    resourceTypes,
    resourceList,
    resourceOverview,
    resourceLog,
    activity,
    catalogue,
    catalogueEvent,
    keys,
    settings,
    preferences,
    people.addChildren([members, roles, security]),
    ...seedPaths,
  ]),
])

/** The router of the dashboard; every screen on this one page. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: '/ui',
    context: { queries },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
