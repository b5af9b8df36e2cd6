// An OpenID provider for tests: the certified `oidc-provider`, with its own sign-in form and people of our making.
//
// It prints its issuer and, per line, nothing else; the test ends it by closing its standard input. People are a JSON
// file that is read anew for each sign-in: `{"lily": {"email": …, "email_verified": …, "groups": […]}}`.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [peopleFile, callbacks] = process.argv.slice(2);

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'annals',
      client_secret: 'secret of the test',
      redirect_uris: [`${callbacks}corp/callback`],
      grant_types: ['authorization_code'],
    },
    {
      client_id: 'annals-public',
      token_endpoint_auth_method: 'none',
      redirect_uris: [`${callbacks}public/callback`],
      grant_types: ['authorization_code'],
    },
  ],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'groups'],
  },
  cookies: { keys: ['cookies of the test'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...JSON.parse(readFileSync(peopleFile, 'utf8'))[id] }),
  }),
  jwks: { keys: [key] },
});

server.on('request', provider.callback());
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
console.log(issuer);
