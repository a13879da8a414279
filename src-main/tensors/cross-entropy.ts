export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Mean binary cross-entropy of logits. */
export function crossEntropy(logits: Float32Array, labels: Uint8Array): number {
  let loss = 0;
  logits.forEach((z, i) => (loss += Math.max(z, 0) - z * labels[i] + Math.log1p(Math.exp(-Math.abs(z)))));
  return loss / logits.length;
}
