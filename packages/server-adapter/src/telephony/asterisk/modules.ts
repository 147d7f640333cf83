/**
 * The Asterisk modules that the exchange needs, with `autoload=no`: what is not loaded cannot be attacked.
 *
 * Some needs are hidden: res_ari needs res_websocket_client, chan_pjsip needs res_pjsip_pubsub (the errors of Asterisk
 * name symbols only). bridge_simple is left out on purpose: the softmix bridge writes to every leg all the time, also
 * while the other side is silent, and so a prompt whispered to one leg of a bridge is always heard.
 *
 * res_stasis_device_state is left out as well: when an event connection closes while a device changes its state, it
 * deadlocks ARI for good (asterisk/asterisk#2170). States of phones come as endpoint events, which need no module.
 */
export const requiredModules = [
  'res_sorcery_config',
  'res_sorcery_memory',
  'res_sorcery_astdb',
  'res_timing_timerfd',
  'res_http_websocket',
  'res_websocket_client',
  'res_crypto',
  'res_pjproject',
  'res_rtp_asterisk',
  'res_srtp',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_pubsub',
  'res_pjsip_sdp_rtp',
  'res_pjsip_endpoint_identifier_user',
  'res_pjsip_endpoint_identifier_ip',
  // Without this one Asterisk accepts every password.
  'res_pjsip_authenticator_digest',
  'res_pjsip_outbound_authenticator_digest',
  'res_pjsip_outbound_registration',
  'res_pjsip_registrar',
  'res_pjsip_transport_websocket',
  'res_pjsip_caller_id',
  'res_pjsip_header_funcs',
  'res_pjsip_rfc3326',
  'res_pjsip_nat',
  'chan_pjsip',
  'chan_bridge_media',
  'bridge_softmix',
  'bridge_holding',
  'codec_ulaw',
  'codec_alaw',
  'codec_resample',
  'format_wav',
  'format_pcm',
  'format_sln',
  'func_channel',
  'func_callerid',
  'func_strings',
  'pbx_config',
  'res_stasis',
  'res_stasis_answer',
  'res_stasis_playback',
  'res_stasis_recording',
  'res_stasis_snoop',
  'app_stasis',
  'res_ari',
  'res_ari_model',
  'res_ari_applications',
  'res_ari_asterisk',
  'res_ari_bridges',
  'res_ari_channels',
  'res_ari_endpoints',
  'res_ari_events',
  'res_ari_playbacks',
  'res_ari_recordings',
  'res_ari_sounds',
] as const;
