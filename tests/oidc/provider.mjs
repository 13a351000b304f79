// A strict OpenID provider for tests (package oidc-provider): node provider.mjs PORT REDIRECT_URI...
// Whoever was named last at /as/NAME signs in without being asked; people.json beside the port's name tells their claims.
import Provider from "oidc-provider";
import { readFileSync } from "node:fs";

const [port, people, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const known = () => JSON.parse(readFileSync(people, "utf-8"));
let person = "";

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "portal",
      client_secret: "a-secret-of-the-tests-only-0123456789",
      redirect_uris: redirects,
      token_endpoint_auth_method: "client_secret_basic",
    },
  ],
  claims: { acr: null, openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, userinfo: { enabled: true } },
  pkce: { required: () => true },
  acrValues: ["level1", "level2", "level3"],
  async findAccount(ctx, sub) {
    return { accountId: sub, claims: async () => ({ sub, ...known()[sub] }) };
  },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ["tests"] },
});

provider.use(async (ctx, next) => {
  if (ctx.path.startsWith("/as/")) {
    person = ctx.path.slice(4);
    ctx.body = person;
    return;
  }
  if (ctx.path.startsWith("/interaction/")) {
    const acr = known()[person]?.level;
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: person, acr } });
    ctx.respond = false;
    return;
  }
  await next();
});
provider.listen(Number(port), "127.0.0.1", () => console.log("up"));
