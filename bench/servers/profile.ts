import { type Profiler, Session } from 'node:inspector/promises';

/** Milliseconds of the server's own thread by part of the work. */
export type Parts = Readonly<Record<string, number>>;

interface Frame {
  readonly url: string;
  readonly name: string;
}

/** The first rule that a frame meets, looked for from the innermost frame outwards, says whose time a sample is. */
const RULES: readonly (readonly [part: string, is: (frame: Frame) => boolean])[] = [
  ['garbage collection', ({ name }) => name === '(garbage collector)'],
  ['waiting', ({ name }) => name === '(idle)'],
  ['validation (zod, JSON)', ({ url }) => /node_modules\/zod\/|\/http\/input\.ts/.test(url)],
  ['SQLite', ({ url }) => url.includes('/store/sqlite-driver.ts')],
  ['building queries (Kysely)', ({ url }) => /node_modules\/kysely\/|\/store\/prepared\.ts/.test(url)],
  [
    'audit and hash chain',
    ({ url, name }) =>
      /\/canonical-json\.ts|\/evidence\//.test(url) || ['orderHash', 'termsHash', 'record', 'takeOver'].includes(name),
  ],
  ['events', ({ url, name }) => url.includes('/src/events/') || name === 'publish'],
  ['sign-in, authorisation', ({ url }) => /\/src\/accounts\/|\/http\/(rate-limit|origin)\.ts/.test(url)],
  ['idempotency', ({ url }) => /\/http\/idempotency\.ts|\/src\/secrets\//.test(url)],
  ['order rules and views', ({ url }) => /\/src\/(orders|customers|instruments|calls|verification)\//.test(url)],
  ['delivery to the floor', ({ url }) => /\/src\/(dealing|connectors)\//.test(url)],
  [
    'HTTP',
    ({ url }) =>
      /\/src\/http\/|node_modules\/(@hono|hono)\/|node:(_http|net|stream|internal\/(streams|stream_base|http))/.test(
        url,
      ),
  ],
  ['group commit', ({ url }) => url.includes('/src/store/')],
];

let session: Session | undefined;

export const profileParts = {
  async start(): Promise<void> {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 250 });
    await session.post('Profiler.start');
  },

  async stop(): Promise<Parts> {
    if (session === undefined) throw new Error('Nothing is being profiled.');
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    session = undefined;
    return byPart(profile);
  },
};

function byPart(profile: Profiler.Profile): Parts {
  const frames = new Map(
    profile.nodes.map(({ id, callFrame }) => [id, { url: callFrame.url, name: callFrame.functionName }]),
  );
  const parents = new Map(profile.nodes.flatMap(({ id, children }) => (children ?? []).map((child) => [child, id])));
  const known = new Map<number, string>();
  const partOf = (node: number): string => {
    const found = known.get(node);
    if (found !== undefined) return found;
    let part = 'other';
    for (let at: number | undefined = node; at !== undefined; at = parents.get(at)) {
      const frame = frames.get(at);
      const rule = frame && RULES.find(([, is]) => is(frame));
      if (rule === undefined) continue;
      part = rule[0] === 'SQLite' && underCommit(at) ? 'commit with fsync' : rule[0];
      break;
    }
    known.set(node, part);
    return part;
  };
  const underCommit = (from: number): boolean => {
    for (let at = parents.get(from); at !== undefined; at = parents.get(at)) {
      const frame = frames.get(at);
      if (frame?.name === 'commit' && frame.url.includes('/store/sqlite.ts')) return true;
    }
    return false;
  };
  const parts: Record<string, number> = {};
  profile.samples?.forEach((node, index) => {
    const part = partOf(node);
    parts[part] = (parts[part] ?? 0) + (profile.timeDeltas?.[index] ?? 0) / 1000;
  });
  return parts;
}
