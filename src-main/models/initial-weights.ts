import { Matrix, QrDecomposition } from 'ml-matrix';
import { createRandom, type Random } from '../sequences/random.ts';
import { parameterCount, weightSlots, type Architecture, type WeightSlot } from '../tensors/architecture.ts';

/**
 * Weights before training by Keras's defaults: glorot-uniform kernels (Glorot & Bengio 2010), orthogonal recurrent
 * kernels (Saxe et al. 2014), zero biases but for the forget gate's 1, batch normalisation at rest. Repeats from the seed.
 */
export function initialWeights(architecture: Architecture, seed: number): Float32Array {
  const random = createRandom(seed);
  const weights = new Float32Array(parameterCount(architecture));
  for (const slot of weightSlots(architecture)) {
    weights.set(initialValues(architecture, slot, random), slot.offset);
  }
  return weights;
}

function initialValues(architecture: Architecture, slot: WeightSlot, random: Random): ArrayLike<number> {
  const layer = architecture.layers[slot.layer];
  const name = slot.name.slice(slot.name.indexOf('/') + 1);
  const values = new Float64Array(slot.size);
  if (name === 'kernel') return glorotUniform(slot.shape, values, random);
  if (name === 'recurrent_kernel') return orthogonal(slot.shape[0], slot.shape[1], random);
  if (name === 'gamma' || name === 'moving_variance') return values.fill(1);
  if (name === 'bias' && layer.type === 'lstm') return values.fill(1, layer.units, 2 * layer.units);
  return values;
}

function glorotUniform(shape: number[], values: Float64Array, random: Random) {
  const [fanOut, width] = [shape[shape.length - 1], shape[shape.length - 2]];
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const limit = Math.sqrt(6 / (field * (width + fanOut)));
  for (let i = 0; i < values.length; i++) values[i] = (2 * random.next() - 1) * limit;
  return values;
}

/** [rows, columns] with orthonormal rows: Q of a normal matrix, its signs made unique by R's diagonal. */
function orthogonal(rows: number, columns: number, random: Random): number[] {
  const normal = Matrix.zeros(columns, rows);
  for (let i = 0; i < columns; i++) for (let j = 0; j < rows; j++) normal.set(i, j, random.normal());
  const { orthogonalMatrix: q, upperTriangularMatrix: r } = new QrDecomposition(normal);
  for (let j = 0; j < rows; j++) if (r.get(j, j) < 0) q.mulColumn(j, -1);
  return q.transpose().to1DArray();
}
