import type { Domain } from '../domain.ts';
import { createReaderOperations, type ReaderParts } from './reader-operations.ts';
import { createWriterOperations, type WriterParts } from './writer-operations.ts';

export interface ArticlesOptions {
  /**
   * Hosts at which videos may be. Allow the same ones in your page's policy as `media-src`, where videos are to play in
   * the page; otherwise they are opened by a link.
   * @default none: there are no videos
   * @example videoHosts: ['videos.example.com']
   */
  readonly videoHosts?: readonly string[];
}

export interface CreateArticlesOptions extends ReaderParts, Omit<WriterParts, 'videoHosts'> {
  readonly options: ArticlesOptions | undefined;
}

/** The knowledge base (D9): articles and videos by device type, in versions, found in every way they are typed. */
export function createArticles({ options, ...parts }: CreateArticlesOptions): Domain {
  const videoHosts = (options?.videoHosts ?? []).map((host) => host.toLowerCase());
  return {
    operations: { articles: { ...createReaderOperations(parts), ...createWriterOperations({ ...parts, videoHosts }) } },
  };
}
