import { aptInstall } from './apt.ts';
import { isExecutable, run, which } from './command.ts';
import type { Provision } from './component.ts';

// WebRTC, Web Locks and the CSS the widgets use are there from this version on.
const oldest = 120;

const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

async function found(path: string): Promise<Provision | undefined> {
  const { code, stdout } = await run(path, ['--version']);
  const version = /(\d+)(\.\d+)+/.exec(stdout);
  if (code !== 0 || version === null || Number(version[1]) < oldest) return undefined;
  return { ok: true, path, version: version[0] };
}

/** Chromium or Chrome: $CALLWEAVE_CHROMIUM, then PATH, then apt-get where we may install. */
export async function ensureChromium(): Promise<Provision> {
  const chosen = process.env.CALLWEAVE_CHROMIUM;
  if (chosen !== undefined && chosen !== '') {
    const provision = await found(chosen);
    return (
      provision ?? {
        ok: false,
        reason: `$CALLWEAVE_CHROMIUM (${chosen}) does not start or is older than ${oldest}.`,
        fix: 'unset CALLWEAVE_CHROMIUM, or point it at a current Chromium',
      }
    );
  }
  const candidates = [
    which('chromium'),
    which('chromium-browser'),
    which('google-chrome-stable', 'google-chrome'),
    ...macApplications.filter(isExecutable),
  ];
  for (const path of candidates) {
    const provision = path === undefined ? undefined : await found(path);
    if (provision !== undefined) return provision;
  }
  const reason = await aptInstall('chromium', ['chromium'], 'widgets and end-to-end tests run in a real browser');
  const installed = which('chromium');
  const provision = installed === undefined ? undefined : await found(installed);
  return (
    provision ?? {
      ok: false,
      reason: reason ?? 'apt-get installed it, but it does not start.',
      fix: 'sudo apt-get install chromium (or set CALLWEAVE_CHROMIUM to a Chrome or Chromium binary)',
    }
  );
}
