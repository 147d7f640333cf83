import type { SupervisionMode, SupervisionRules } from '@callweave/sdk/protocol';

export type SupervisionAction = SupervisionMode | 'takeOver';

/** What somebody with these roles may do at other people's calls. The server decides; this spares the refusal. */
export function waysIn(roles: readonly string[], rules: SupervisionRules | undefined): readonly SupervisionAction[] {
  if (roles.includes('supervisor')) return ['listen', 'whisper', 'barge', 'takeOver'];
  return roles.includes('manager') && rules?.managersListen === true ? ['listen'] : [];
}
