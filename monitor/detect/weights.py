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
    "bias": -2.75,
    "clash": -0.39,
    "copied": 1.52,
    "core": 2.46,
    "cross_core": 1.48,
    "days": 0.22,
    "focus": 1.31,
    "full": 0.19,
    "full_concepts": 0.97,
    "full_core": 2.2,
    "full_cross_core": 1.94,
    "full_focus": 0.42,
    "full_names": 2.42,
    "full_title": 1.73,
    "full_words": 1.99,
    "idle": -1.48,
    "names": 1.08,
    "numbers": 1.31,
    "same_lang": -3.28,
    "title": 2.02,
    "words": 2.33,
}

PUSH = {
    "about": 2.32,
    "analysis": -0.81,
    "bias": -5.54,
    "brief": -0.42,
    "flash": 1.21,
    "head_person": 1.34,
    "lead_number": 1.66,
    "old": -0.73,
    "opens": 2.46,
    "reaction": -0.03,
    "title_act": 1.06,
    "title_bond": 0.91,
    "title_named": 0.81,
    "title_news": 0.64,
    "unsaid": 1.6,
}

TELL = {
    "about": 2.41,
    "analysis": -1.0,
    "bias": -5.28,
    "brief": -0.52,
    "flash": 0.94,
    "head_person": 1.31,
    "lead_number": 1.67,
    "old": -0.28,
    "opens": 2.24,
    "title_act": 0.98,
    "title_bond": 0.93,
    "title_named": 0.31,
    "title_news": 0.49,
    "unsaid": 1.81,
}
