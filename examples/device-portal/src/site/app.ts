import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import statics from '@fastify/static';
import view from '@fastify/view';
import { Eta } from 'eta';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { HAS_PHONE, homeOf, PAGES, type SitePage } from './pages.ts';
import { type People, type Person, SHORTEST_PASSWORD } from './people.ts';
import { directionOf, LANGUAGES, type Language, type SiteTexts, TEXTS } from './texts.ts';

export const SESSION_COOKIE = 'site_session';
const LANGUAGE_COOKIE = 'site_language';
const YEAR_SECONDS = 365 * 86_400;

/** Nothing inline, nothing foreign, no string turned into script or markup but by Lit's own policy: the widgets live under it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "media-src 'self' blob:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

export const cookieOf = (header: string | null | undefined, name: string): string | undefined =>
  header
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const packageFolder = (name: string) => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));

/** What a page is made of besides its frame. */
interface Content {
  readonly template: string;
  readonly title: string;
  readonly status?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The vendor's site: server-rendered, with a sign-in of its own. Callweave is woven in by the layout and by {@link PAGES}. */
export async function createSite(people: People): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: 16_384 });
  const eta = new Eta({ views: folder('views'), cache: true });
  await app.register(cookie);
  await app.register(formbody);
  await app.register(view, { engine: { eta }, root: folder('views') });
  await app.register(statics, { root: folder('public'), maxAge: '1h' });
  const serve = (name: string, path: string, prefix: string) =>
    app.register(statics, { root: join(packageFolder(name), path), prefix, decorateReply: false });
  await serve('@callweave/widgets', 'dist', '/widgets/');
  await serve('@fontsource-variable/vazirmatn', '', '/fonts/vazirmatn/');

  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    });
  });

  const who = (request: FastifyRequest): Person | undefined => people.whoHas(request.cookies[SESSION_COOKIE]);
  const languageOf = (request: FastifyRequest): Language => {
    const { lang } = request.query as { lang?: string };
    const wanted = lang ?? request.cookies[LANGUAGE_COOKIE] ?? 'fa';
    return LANGUAGES.find((language) => language === wanted) ?? 'fa';
  };
  const show = (request: FastifyRequest, reply: FastifyReply, { template, title, status = 200, data }: Content) => {
    const language = languageOf(request);
    const person = who(request);
    const inside = person !== undefined && !person.mustChange;
    reply.setCookie(LANGUAGE_COOKIE, language, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: YEAR_SECONDS });
    return reply.code(status).viewAsync(template, {
      ...data,
      t: TEXTS[language],
      title,
      language,
      direction: directionOf(language),
      languages: LANGUAGES.map((code) => ({ code, name: TEXTS[code].language })),
      path: request.url.split('?')[0],
      person,
      phone: inside && HAS_PHONE.includes(person.job),
      menu: inside ? menuOf(person, TEXTS[language]) : [],
    });
  };
  const sorry = (request: FastifyRequest, reply: FastifyReply, key: 'notAllowed' | 'notFound', status: number) =>
    show(request, reply, { template: 'sorry.eta', title: TEXTS[languageOf(request)][key], status });

  for (const page of PAGES)
    app.get(page.path, (request, reply) => {
      const person = who(request);
      if (!person) return reply.redirect('/sign-in');
      if (person.mustChange) return reply.redirect('/password');
      if (!page.jobs.includes(person.job))
        return page.path === '/' ? reply.redirect(homeOf(person.job)) : sorry(request, reply, 'notAllowed', 403);
      return showPage(request, reply, page);
    });

  const showPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { title, widgets, after }: SitePage,
    given?: { username: string; password: string },
  ) => {
    const t = TEXTS[languageOf(request)];
    const below = after === undefined ? '' : await eta.renderAsync(`./${after}`, { t, given });
    return show(request, reply, { template: 'page.eta', title: t[title], data: { widgets, below } });
  };

  app.get('/accept', (request, reply) =>
    show(request, reply, { template: 'accept.eta', title: TEXTS[languageOf(request)].accept }),
  );
  app.get('/sign-in', (request, reply) => {
    const title = TEXTS[languageOf(request)].signIn;
    const failed = 'failed' in (request.query as object);
    return show(request, reply, { template: 'sign-in.eta', title, data: { failed } });
  });
  app.post('/sign-in', (request, reply) => {
    const { username = '', password = '' } = request.body as { username?: string; password?: string };
    const signedIn = people.signIn(username, password);
    if (!signedIn) return reply.redirect('/sign-in?failed', 303);
    reply.setCookie(SESSION_COOKIE, signedIn.token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
    });
    return reply.redirect(signedIn.person.mustChange ? '/password' : homeOf(signedIn.person.job), 303);
  });
  app.post('/sign-out', (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token) people.signOut(token);
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).redirect('/sign-in', 303);
  });

  const askPassword = (request: FastifyRequest, reply: FastifyReply, problem?: keyof SiteTexts) =>
    show(request, reply, {
      template: 'password.eta',
      title: TEXTS[languageOf(request)].newPassword,
      status: problem === undefined ? 200 : 422,
      data: { problem, shortest: SHORTEST_PASSWORD },
    });
  app.get('/password', (request, reply) => (who(request) ? askPassword(request, reply) : reply.redirect('/sign-in')));
  app.post('/password', (request, reply) => {
    const person = who(request);
    if (!person) return reply.redirect('/sign-in', 303);
    const { password = '', again = '' } = request.body as { password?: string; again?: string };
    if (password.length < SHORTEST_PASSWORD) return askPassword(request, reply, 'passwordTooShort');
    if (password !== again) return askPassword(request, reply, 'passwordsDiffer');
    people.setPassword(person.id, password);
    return reply.redirect(homeOf(person.job), 303);
  });

  app.post('/logins', (request, reply) => {
    const person = who(request);
    if (person?.job !== 'manager' || person.mustChange) return sorry(request, reply, 'notAllowed', 403);
    const { customerId = '', username = '', name = '' } = request.body as Record<string, string>;
    const page = PAGES.find(({ path }) => path === '/buyers');
    if (!page || !/^[A-Za-z0-9_-]{1,64}$/.test(customerId) || !/^[a-z0-9._-]{3,40}$/.test(username))
      return sorry(request, reply, 'notFound', 404);
    // Shown in this answer alone: it stands in no address and no log.
    return showPage(request, reply, page, people.issueLogin({ customerId, username, name }));
  });

  app.setNotFoundHandler((request, reply) => sorry(request, reply, 'notFound', 404));
  return app;
}

const menuOf = (person: Person, t: SiteTexts) =>
  PAGES.filter(({ jobs, unlisted }) => jobs.includes(person.job) && !unlisted).map(({ path, title }) => ({
    path,
    title: t[title],
  }));
