import { fileURLToPath } from 'node:url';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { PortalDatabase, PortalUser } from './database.ts';
import type { Html } from './html.ts';
import { layout } from './layout.ts';
import {
  callsPage,
  clientsPage,
  customerPage,
  deskPage,
  fieldPage,
  floorPage,
  messagesPage,
  newCustomerPage,
  notAllowedPage,
  numbersPage,
  preflightPage,
  reportsPage,
  signInPage,
  supervisionPage,
  textsOf,
} from './pages.ts';
import { LANGUAGES, type Language, type PortalTexts } from './texts.ts';

const COOKIE = 'portal_session';

/**
 * The policy that the portal had before the desk came, and that the widgets live under: nothing inline, nothing foreign,
 * and no string turned into script or markup but by Lit's own policy.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
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

/** Who is signed in at the portal, from the cookie of any request: also what the desk asks. */
export const portalUser = (db: PortalDatabase, cookieHeader: string | null | undefined): PortalUser | undefined =>
  db.userOf(cookieOf(cookieHeader, COOKIE));

const homeOf = ({ job }: PortalUser): string => (job === 'dealer' ? '/floor' : job === 'field-caller' ? '/field' : '/');

export function createPortal(db: PortalDatabase, weave: (app: Express) => void): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
    });
    next();
  });
  weave(app);
  app.use(express.static(fileURLToPath(new URL('../../public', import.meta.url)), { maxAge: '1h' }));
  app.use(express.urlencoded({ extended: false, limit: '10kb' }));

  const languageOf = (request: Request): Language => {
    const wanted = String(request.query['lang'] ?? cookieOf(request.headers.cookie, 'portal_language') ?? 'fa');
    return LANGUAGES.find((language) => language === wanted) ?? 'fa';
  };
  const show = (request: Request, response: Response, title: string, body: Html, status = 200) => {
    const language = languageOf(request);
    response.cookie('portal_language', language, { sameSite: 'lax', httpOnly: true, maxAge: 365 * 86_400_000 });
    response
      .status(status)
      .type('html')
      .send(layout({ language, user: portalUser(db, request.headers.cookie), path: request.path, title, body }));
  };
  const page = (
    path: string,
    jobs: readonly PortalUser['job'][],
    render: (language: Language, user: PortalUser, request: Request) => { title: string; body: Html },
  ) =>
    app.get(path, (request, response) => {
      const user = portalUser(db, request.headers.cookie);
      if (!user) return response.redirect('/sign-in');
      const language = languageOf(request);
      const t = textsOf(language);
      if (!jobs.includes(user.job))
        return path === '/' && homeOf(user) !== '/'
          ? response.redirect(homeOf(user))
          : show(request, response, t.notAllowed, notAllowedPage(t), 403);
      const { title, body } = render(language, user, request);
      return show(request, response, title, body);
    });

  app.get('/sign-in', (request, response) => {
    const t = textsOf(languageOf(request));
    show(request, response, t.signIn, signInPage(t, 'failed' in request.query));
  });
  app.post('/sign-in', (request, response) => {
    const { username, password } = request.body as { username?: string; password?: string };
    const signedIn = db.signIn(String(username ?? ''), String(password ?? ''));
    if (!signedIn) return response.redirect(303, '/sign-in?failed');
    response.cookie(COOKIE, signedIn.token, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.secure,
      maxAge: 12 * 3_600_000,
    });
    return response.redirect(303, homeOf(signedIn.user));
  });
  app.post('/sign-out', (request, response) => {
    const token = cookieOf(request.headers.cookie, COOKIE);
    if (token) db.signOut(token);
    response.clearCookie(COOKIE).redirect(303, '/sign-in');
  });

  page('/', ['agent', 'supervisor', 'manager'], (language, user) => ({
    title: textsOf(language).desk,
    body: deskPage(textsOf(language), user),
  }));
  page('/clients', ['agent', 'supervisor', 'manager'], (language, user) => ({
    title: textsOf(language).clients,
    body: clientsPage(textsOf(language), language, db.clients(), user),
  }));
  page('/customers/new', ['agent', 'supervisor', 'manager'], (language) => ({
    title: textsOf(language).newCustomer,
    body: newCustomerPage(textsOf(language)),
  }));
  page('/customers/:number', ['manager'], (language, _user, request) => ({
    title: textsOf(language).customer,
    body: customerPage(textsOf(language), language, String(request.params['number'])),
  }));
  page('/floor', ['dealer', 'manager'], (language) => ({
    title: textsOf(language).floor,
    body: floorPage(textsOf(language)),
  }));
  const plain = (
    path: string,
    jobs: readonly PortalUser['job'][],
    title: keyof PortalTexts,
    body: (t: PortalTexts) => Html,
  ) => page(path, jobs, (language) => ({ title: textsOf(language)[title], body: body(textsOf(language)) }));
  plain('/calls', ['agent', 'supervisor', 'manager'], 'calls', callsPage);
  plain('/supervision', ['supervisor', 'manager'], 'supervision', supervisionPage);
  plain('/numbers', ['manager'], 'numbers', numbersPage);
  plain('/messages', ['manager'], 'messages', messagesPage);
  plain('/field', ['field-caller'], 'fieldWork', fieldPage);
  plain('/preflight', ['agent', 'supervisor'], 'preflight', preflightPage);
  page('/reports', ['manager'], (language) => ({
    title: textsOf(language).reports,
    body: reportsPage(textsOf(language)),
  }));

  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    console.error('The portal failed:', error instanceof Error ? error.message : error);
    response.status(500).type('text').send('Something went wrong.');
  });
  return app;
}
