function safe(cols, row, col) {
  for (let r = 0; r < row; r++) {
    const d = cols[r] - col;
    if (d === 0 || d === row - r || d === r - row) return false;
  }
  return true;
}
function place(cols, row, n) {
  if (row === n) return 1;
  let count = 0;
  for (let col = 0; col < n; col++) {
    if (safe(cols, row, col)) {
      cols[row] = col;
      count += place(cols, row + 1, n);
    }
  }
  return count;
}
export function run() {
  return place([], 0, 9);
}
