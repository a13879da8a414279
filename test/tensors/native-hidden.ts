/** Whether the tests run as on a machine without native TensorFlow; what is about it alone is then left out. */
export const NATIVE_HIDDEN = process.env['DUECAST_NO_TENSORFLOW'] === '1';
