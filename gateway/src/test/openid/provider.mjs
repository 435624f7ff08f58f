// An OpenID provider for tests: panva's, certified, with people from a file that is read at each login.
// Usage: node provider.mjs SETTINGS.json   {port, clientId, secret, base, people, key, idTokenClaims}
import { readFileSync } from "node:fs";
import { createPrivateKey } from "node:crypto";
import { Provider } from "oidc-provider";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const key = createPrivateKey(readFileSync(settings.key)).export({ format: "jwk" });

const provider = new Provider(`http://127.0.0.1:${settings.port}`, {
  clients: [{
    client_id: settings.clientId,
    client_secret: settings.secret,
    redirect_uris: [`${settings.base}/api/v1/openid/callback`],
    post_logout_redirect_uris: [`${settings.base}/`],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    backchannel_logout_uri: `${settings.base}/api/v1/openid/logout`,
    backchannel_logout_session_required: true,
  }],
  jwks: { keys: [{ ...key, use: "sig", alg: "RS256", kid: settings.kid }] },
  conformIdTokenClaims: !settings.idTokenClaims,
  claims: { openid: ["sub"], profile: ["name", "groups", "area"] },
  findAccount: (_context, id) => {
    const person = JSON.parse(readFileSync(settings.people, "utf8"))[id];
    return person && { accountId: id, claims: () => ({ sub: id, ...person }) };
  },
  // Its own guard lets it call nobody on loopback, where the tests are.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  pkce: { required: () => true },
  cookies: { keys: ["of a test"] },
  features: {
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  ttl: { Session: 3600, Grant: 3600, Interaction: 3600, IdToken: 3600, AccessToken: 3600 },
});
provider.on("server_error", (_context, error) => console.error(error));
provider.on("backchannel.error", (_context, error) => console.error(error));
provider.listen(settings.port, "127.0.0.1", () => console.log("listening"));
