import * as z from 'zod/mini';

/** The parts of ARI's JSON that the driver reads; everything else is let through unread. */

const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  caller: z.object({ name: z.string(), number: z.string() }),
  dialplan: z.optional(z.object({ app_name: z.optional(z.string()), app_data: z.optional(z.string()) })),
  creationtime: z.string(),
  channelvars: z.optional(z.record(z.string(), z.string())),
});
export type AriChannel = z.infer<typeof channelSchema>;

const bridgeSchema = z.object({ id: z.string(), name: z.string(), channels: z.array(z.string()) });
export type AriBridge = z.infer<typeof bridgeSchema>;

export const channelListSchema = z.array(channelSchema);
export const bridgeListSchema = z.array(bridgeSchema);
export const endpointSchema = z.object({ state: z.optional(z.string()), channel_ids: z.array(z.string()) });
export const moduleSchema = z.object({ status: z.string() });
export const infoSchema = z.object({
  system: z.object({ version: z.string() }),
  status: z.object({ startup_time: z.string() }),
});

const recordingSchema = z.object({
  name: z.string(),
  state: z.string(),
  cause: z.optional(z.string()),
  duration: z.optional(z.number()),
});
const endpointEventSchema = z.object({ resource: z.string(), state: z.optional(z.string()) });
const timestamp = z.string();

const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('StasisStart'), timestamp, channel: channelSchema, args: z.array(z.string()) }),
  z.object({ type: z.literal('StasisEnd'), timestamp, channel: channelSchema }),
  z.object({ type: z.literal('ChannelStateChange'), timestamp, channel: channelSchema }),
  z.object({ type: z.literal('ChannelDtmfReceived'), timestamp, channel: channelSchema, digit: z.string() }),
  z.object({ type: z.literal('ChannelHold'), timestamp, channel: channelSchema }),
  z.object({ type: z.literal('ChannelUnhold'), timestamp, channel: channelSchema }),
  z.object({
    type: z.literal('ChannelUserevent'),
    timestamp,
    eventname: z.string(),
    channel: z.object({ id: z.string() }),
    userevent: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('ChannelDestroyed'), timestamp, channel: channelSchema, cause: z.number() }),
  z.object({
    type: z.literal('PlaybackFinished'),
    timestamp,
    playback: z.object({ id: z.string(), state: z.string() }),
  }),
  z.object({ type: z.literal('RecordingStarted'), timestamp, recording: recordingSchema }),
  z.object({ type: z.literal('RecordingFinished'), timestamp, recording: recordingSchema }),
  z.object({ type: z.literal('RecordingFailed'), timestamp, recording: recordingSchema }),
  z.object({ type: z.literal('EndpointStateChange'), timestamp, endpoint: endpointEventSchema }),
  z.object({ type: z.literal('ContactStatusChange'), timestamp, endpoint: endpointEventSchema }),
  z.object({ type: z.literal('ApplicationReplaced'), timestamp }),
]);
export type AriEvent = z.infer<typeof eventSchema>;

const known = new Set<string>(
  eventSchema._zod.def.options.flatMap((option) => [...option._zod.def.shape.type._zod.def.values]),
);

/** An event we act on; undefined for the many that say nothing to us. Throws for a known event of an unknown shape. */
export function parseEvent(text: string): AriEvent | undefined {
  const raw: unknown = JSON.parse(text);
  if (
    typeof raw !== 'object' ||
    raw === null ||
    !('type' in raw) ||
    typeof raw.type !== 'string' ||
    !known.has(raw.type)
  )
    return undefined;
  return eventSchema.parse(raw);
}

/** ARI writes the zone as `+0000`, which ECMAScript does not promise to read. */
export function timeOf(timestamp: string): Date {
  const date = new Date(timestamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(date.getTime()) ? new Date() : date;
}
