/** Terms that all documents share. */

export type TimeStep = 'day' | 'week' | 'month';
/** `external`: a score from elsewhere; it is judged, never trained or applied. */
export type ModelKind = 'lstm' | 'cnn-lstm' | 'lightgbm' | 'logistic' | 'ensemble' | 'external';
export type TrainableKind = Exclude<ModelKind, 'ensemble' | 'external'>;
