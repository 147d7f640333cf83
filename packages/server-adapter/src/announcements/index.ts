export type { AnnouncementsOptions } from './announcement-options.ts';
export { type Announcements, type CreateAnnouncementsOptions, createAnnouncements } from './create-announcements.ts';
