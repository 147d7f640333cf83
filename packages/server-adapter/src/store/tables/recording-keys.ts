export interface RecordingKeysTables {
  /** Data keys of encrypted files, wrapped under a master key that is never here. */
  file_keys: {
    id: string;
    /** Key in the recording store. */
    file: string;
    master_key: string;
    wrapped: string;
    created_at: string;
  };
  /** Legal holds: while one is not released, nothing of the recording is deleted. */
  recording_holds: {
    id: string;
    recording_id: string;
    reason: string;
    placed_by: string;
    placed_at: string;
    released_by: string | null;
    released_at: string | null;
    release_reason: string | null;
  };
}
