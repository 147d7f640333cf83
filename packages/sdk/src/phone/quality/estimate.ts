/**
 * How the call sounds, estimated from transport figures with the E-model (ITU-T G.107) for G.711 with packet loss
 * concealment. It is an estimate: nobody listened.
 */
export interface QualityEstimate {
  /** 0–93.2, the E-model's rating of the worse direction. */
  readonly r: number;
  /** 1–4.5, mean opinion score derived from `r`. */
  readonly mos: number;
  /** Fractions 0–1 within the last interval; `null` when the far side reports nothing. */
  readonly lossIn: number;
  readonly lossOut: number | null;
  readonly rttMs: number | null;
  readonly jitterMs: number;
  readonly warnings: readonly string[];
}

// G.711 with concealment (ITU-T G.113, appendix I).
const EQUIPMENT_IMPAIRMENT = 0;
const LOSS_ROBUSTNESS = 25.1;

export function rating(input: { readonly loss: number; readonly delayMs: number }): number {
  const { delayMs } = input;
  const lossPercent = Math.min(Math.max(input.loss, 0), 1) * 100;
  const delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const effective =
    EQUIPMENT_IMPAIRMENT + ((95 - EQUIPMENT_IMPAIRMENT) * lossPercent) / (lossPercent + LOSS_ROBUSTNESS);
  return Math.min(93.2, Math.max(0, 93.2 - delayImpairment - effective));
}

export function opinionScore(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r));
}
