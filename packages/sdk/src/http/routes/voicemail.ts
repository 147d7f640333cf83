// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const voicemailRoutes = {
  boxes: 'GET /voicemail/boxes',
  list: 'GET /voicemail/messages',
  get: 'GET /voicemail/messages/{messageId}',
  audio: 'GET /voicemail/messages/{messageId}/audio',
  markHeard: 'PUT /voicemail/messages/{messageId}/heard',
  note: 'PUT /voicemail/messages/{messageId}/note',
  delete: 'DELETE /voicemail/messages/{messageId}',
  restore: 'POST /voicemail/messages/{messageId}/restore',
  greeting: 'GET /voicemail/boxes/{boxId}/greeting',
  greetingAudio: 'GET /voicemail/boxes/{boxId}/greeting/audio',
  recordGreeting: 'POST /voicemail/boxes/{boxId}/greeting',
  resetGreeting: 'DELETE /voicemail/boxes/{boxId}/greeting',
} as const;
