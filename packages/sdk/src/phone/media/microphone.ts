import { PhoneError, type PhoneErrorCode } from '../../errors/phone-error.ts';

/** Sound alone: never a camera. */
export async function openMicrophone(
  deviceId: string | null,
  constraints: MediaTrackConstraints = {},
): Promise<MediaStream> {
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.getUserMedia) {
    throw new PhoneError(
      'not-supported',
      'This page may not use a microphone. Serve it over HTTPS, and allow "microphone" in its permissions policy.',
    );
  }
  try {
    return await devices.getUserMedia({
      video: false,
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...constraints,
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      },
    });
  } catch (cause) {
    const [code, message] = reasonOf((cause as { name?: unknown } | null)?.name);
    throw new PhoneError(code, message, { cause });
  }
}

function reasonOf(name: unknown): [PhoneErrorCode, string] {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return [
        'microphone-denied',
        'The microphone is not allowed. Allow it in the address bar of the browser, then answer again.',
      ];
    case 'NotFoundError':
    case 'OverconstrainedError':
      return [
        'microphone-missing',
        'No microphone was found, or the chosen one is unplugged. Plug it in or choose another one.',
      ];
    case 'NotReadableError':
    case 'AbortError':
      return ['microphone-busy', 'Another program uses the microphone. Close it and try again.'];
    default:
      return ['microphone-failed', 'The microphone cannot be used. Choose another one and try again.'];
  }
}

/** Calls back when the user allows or forbids the microphone in the browser's own settings. */
export function onPermissionChange(listener: () => void): () => void {
  let stop: (() => void) | null = () => {};
  // Browsers that do not know the name reject.
  globalThis.navigator?.permissions?.query({ name: 'microphone' as PermissionName }).then(
    (status) => {
      if (!stop) return;
      status.addEventListener('change', listener);
      stop = () => status.removeEventListener('change', listener);
    },
    () => {},
  );
  return () => {
    stop?.();
    stop = null;
  };
}
