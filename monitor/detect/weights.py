"""Weights of the evidence, fitted by bench/fit.py on the development sets."""

JUDGE = {
    "acts": -0.26,
    "bias": 1.95,
    "brief": 0.66,
    "first": 2.12,
    "late": -3.64,
    "only_old": -0.66,
    "parts": 1.92,
    "second": 0.38,
    "share": -2.47,
    "title": 3.64,
    "title_echo": 0.65,
}

STORY_WATCH = {
    "bias": -2.0,
    "concepts": 0.88,
    "cross_core": 5.28,
    "cross_title": 1.12,
    "idle": -7.16,
    "numbers": 1.74,
}

STORY = {
    "bias": -2.56,
    "clash": -0.59,
    "copied": 1.84,
    "core": 2.67,
    "cross_core": 1.71,
    "days": 0.62,
    "focus": 0.8,
    "full": 0.07,
    "full_concepts": 0.55,
    "full_core": 2.35,
    "full_cross_core": 1.86,
    "full_names": 2.16,
    "full_title": 1.2,
    "full_words": 1.52,
    "idle": -0.96,
    "names": 1.23,
    "numbers": 1.0,
    "same_lang": -3.38,
    "title": 1.56,
    "words": 2.55,
}

PUSH = {
    "about": 2.34,
    "analysis": -0.7,
    "bias": -5.56,
    "brief": -0.42,
    "flash": 1.19,
    "head_person": 1.32,
    "lead_number": 1.65,
    "old": -0.71,
    "opens": 2.49,
    "reaction": -0.89,
    "title_act": 1.06,
    "title_bond": 0.95,
    "title_named": 0.82,
    "title_news": 0.62,
    "unsaid": 1.6,
}

TELL = {
    "about": 2.42,
    "analysis": -0.95,
    "bias": -4.44,
    "brief": -0.55,
    "flash": 1.0,
    "head_person": 1.24,
    "lead_number": 1.5,
    "near_core": -1.77,
    "old": -0.3,
    "opens": 1.83,
    "reaction": -0.6,
    "title_act": 1.01,
    "title_bond": 0.89,
    "title_named": 0.29,
    "title_news": 0.39,
    "unsaid": 1.72,
}
