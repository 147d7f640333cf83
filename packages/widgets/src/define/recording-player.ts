import { CwRecordingPlayer } from '../components/recording-player/recording-player.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-recording-player', CwRecordingPlayer);
