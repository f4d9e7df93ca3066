"""The people whose letters these are: checked once, treated with care, remembered only when they ask."""
