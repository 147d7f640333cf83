// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const recordingsRoutes = {
  get: 'GET /recordings/{recordingId}',
  audio: 'GET /recordings/{recordingId}/audio',
  link: 'POST /recordings/{recordingId}/link',
  file: 'GET /recordings/{recordingId}/file',
  revokeLinks: 'POST /recordings/links/revoke',
  retention: 'GET /recordings/{recordingId}/retention',
  hold: 'POST /recordings/{recordingId}/holds',
  release: 'POST /recordings/{recordingId}/holds/{holdId}/release',
} as const;
