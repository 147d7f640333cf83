import { existsSync, readFileSync } from 'node:fs';

/** From the package's own manifest, which lies above this file in the sources and above every bundle. */
export const VERSION: string = readVersion();

function readVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const url = new URL(path, import.meta.url);
    if (!existsSync(url)) continue;
    const manifest = JSON.parse(readFileSync(url, 'utf8')) as { name?: string; version?: string };
    if (manifest.name === '@callweave/server-adapter' && manifest.version !== undefined) return manifest.version;
  }
  return '0.0.0';
}
