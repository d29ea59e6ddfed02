//! Fits a logistic regression: Newton's method with a ridge, deterministic.

/// Weights that tell rows of `true` from rows of `false`: the logistic regression of most
/// likelihood less `ridge` / 2 times the sum of squares (the first weight is a bias and is free).
/// `rows` are (features, label, weight of the row); all have the same number of features.
pub fn fit(rows: &[(Vec<f64>, bool, f64)], ridge: f64) -> Vec<f64> {
    let size = rows.first().map_or(0, |row| row.0.len());
    let mut weights = vec![0.0; size];
    for _ in 0..25 {
        let mut slope = vec![0.0; size];
        let mut bend = vec![vec![0.0; size]; size];
        for at in 0..size {
            let ridge = if at == 0 { 1e-3 } else { ridge };
            slope[at] = -ridge * weights[at];
            bend[at][at] = ridge;
        }
        for (x, label, heft) in rows {
            let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let said = 1.0 / (1.0 + (-sum).exp());
            let miss = (f64::from(u8::from(*label)) - said) * heft;
            let doubt = said * (1.0 - said) * heft;
            for i in (0..size).filter(|i| x[*i] != 0.0) {
                slope[i] += miss * x[i];
                for j in 0..=i {
                    bend[i][j] += doubt * x[i] * x[j];
                }
            }
        }
        let step = solve(bend, slope);
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight += step;
        }
        if step.iter().all(|step| step.abs() < 1e-7) {
            break;
        }
    }
    weights
}

/// Solves a symmetric positive definite system by Cholesky; only the lower half of `a` is read.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let size = b.len();
    for i in 0..size {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| a[i][k] * a[j][k]).sum();
            let rest = a[i][j] - dot;
            a[i][j] = if i == j {
                rest.max(1e-12).sqrt()
            } else {
                rest / a[j][j]
            };
        }
    }
    for i in 0..size {
        let dot: f64 = (0..i).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - dot) / a[i][i];
    }
    for i in (0..size).rev() {
        let dot: f64 = (i + 1..size).map(|k| a[k][i] * b[k]).sum();
        b[i] = (b[i] - dot) / a[i][i];
    }
    b
}
