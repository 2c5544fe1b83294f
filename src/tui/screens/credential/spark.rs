//! A line of little columns: how much life was left over time. It draws nothing.

use jiff::SignedDuration;

use crate::domain::credential::Sample;

/// The heights of so many columns, from 0 to `levels - 1`, the latest last; fewer where there are fewer samples.
/// Several samples share a column where they do not fit, of which the last one counts.
#[must_use]
pub fn heights(samples: &[Sample], columns: usize, levels: usize) -> Vec<usize> {
    let tallest = samples.iter().map(|sample| sample.left).max().unwrap_or_default();
    if columns == 0 || levels == 0 {
        return Vec::new();
    }
    let each = samples.len().div_ceil(columns).max(1);
    let columns = samples.rchunks(each).map(|chunk| chunk.last()).rev();
    columns.flatten().map(|sample| height(sample.left, tallest, levels)).collect()
}

fn height(left: SignedDuration, tallest: SignedDuration, levels: usize) -> usize {
    let (left, tallest) = (left.as_secs().max(0), tallest.as_secs().max(1));
    let top = i64::try_from(levels - 1).unwrap_or(0);
    usize::try_from(left.saturating_mul(top) / tallest).unwrap_or(0).min(levels - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;

    fn samples(left: &[i64]) -> Vec<Sample> {
        let at = Moment { wall: jiff::Timestamp::UNIX_EPOCH, steady: SignedDuration::ZERO };
        left.iter().map(|left| Sample { at, left: SignedDuration::from_secs(*left) }).collect()
    }

    #[test]
    fn columns_are_as_tall_as_what_was_left() {
        assert_eq!(heights(&samples(&[3_600, 1_800, 0, -60, 3_600]), 10, 8), [7, 3, 0, 0, 7]);
        assert_eq!(heights(&samples(&[]), 10, 8), [0; 0]);
        assert_eq!(heights(&samples(&[-1, -2]), 10, 8), [0, 0]);
    }

    #[test]
    fn more_samples_than_columns_share_them() {
        let left: Vec<i64> = (0..=100).collect();
        let heights = heights(&samples(&left), 10, 8);
        assert!(heights.len() <= 10 && heights.last() == Some(&7), "{heights:?}");
        assert!(heights.is_sorted(), "{heights:?}");
    }
}
