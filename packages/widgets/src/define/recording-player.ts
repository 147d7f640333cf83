import { CwRecordingPlayer } from '../components/recording-player/recording-player.ts';
import { defineElement } from '../registration.ts';
import './recording-hold.ts';
import './recording-link.ts';

defineElement('cw-recording-player', CwRecordingPlayer);
