"""Weights of the evidence, fitted by bench/fit.py on the development sets. Do not edit by hand."""

JUDGE = {
    "bias": 1.08,
    "acts": -0.43,
    "brief": 1.1,
    "first": 1.67,
    "fresh": 0.02,
    "late": -3.33,
    "only_old": 0.2,
    "parts": 2.02,
    "second": 0.8,
    "share": -0.72,
    "title": 2.5,
    "title_echo": 1.16,
}
STORY = {'cross_title': 0.0, 'concepts': 0.0, 'full_same_lang': 0.0, 'acts': 0.0, 'bias': -1.81, 'age': 2.14, 'clash': -0.95, 'copied': 2.39, 'core': 3.03, 'cross_core': 1.4, 'days': 0.52, 'full': 0.13, 'full_concepts': 1.01, 'full_core': 3.68, 'full_cross_core': 2.26, 'full_title': 1.86, 'full_words': 3.66, 'idle': -2.8, 'numbers': 0.93, 'same_lang': -3.44, 'size': -3.72, 'title': 1.45, 'words': 4.49}
STORY_WATCH = {'days': 0.0, 'title': 0.0, 'copied': 0.0, 'clash': 0.0, 'words': 0.0, 'bias': -0.87, 'acts': 0.15, 'age': -3.77, 'concepts': 1.81, 'core': 0.8, 'cross_core': 2.82, 'cross_title': 2.44, 'idle': -3.66, 'numbers': 1.56, 'same_lang': -0.44, 'size': -1.6}
PUSH = {'bias': -3.44, 'about': 2.74, 'age': -0.96, 'analysis': -0.65, 'brief': -1.18, 'idle': -0.61, 'later_count': 0.05, 'later_date': 0.32, 'later_deed': 0.15, 'later_family': 0.53, 'later_number': 0.61, 'later_person': 0.07, 'later_side': 0.28, 'later_thing': 0.19, 'lead_bond': 0.36, 'lead_count': 0.11, 'lead_date': 0.24, 'lead_deed': 0.25, 'lead_new': 1.16, 'lead_number': 0.41, 'lead_person': 1.11, 'length': 2.03, 'old': -0.35, 'opens': 0.25, 'responsible': 0.04, 'same_lang': 0.27, 'score': -2.25, 'size': -0.67, 'still': -0.79, 'title_bond': 1.06, 'title_date': 1.05, 'title_deed': 0.39, 'title_family': 0.84, 'title_number': 0.39, 'title_person': 0.26, 'title_push': 0.1, 'title_side': 0.39, 'title_thing': 0.42, 'unsaid': 0.64}
TELL = {'bias': -3.58, 'about': 2.14, 'age': -0.73, 'analysis': -0.77, 'brief': -1.2, 'copied': -0.03, 'idle': -0.78, 'later_act': 0.01, 'later_count': 0.03, 'later_date': 0.22, 'later_deed': 0.21, 'later_family': 0.64, 'later_number': 0.42, 'later_person': 0.16, 'later_side': 0.7, 'later_thing': 0.69, 'lead_bond': 0.35, 'lead_date': 0.5, 'lead_deed': 0.2, 'lead_new': 0.87, 'lead_number': 0.45, 'lead_person': 1.08, 'length': 2.58, 'opens': 0.14, 'responsible': 0.49, 'same_lang': 0.23, 'score': -2.0, 'size': -0.83, 'still': -0.46, 'title_act': 0.23, 'title_bond': 0.9, 'title_count': 0.02, 'title_date': 0.86, 'title_deed': 0.26, 'title_family': 0.52, 'title_new': 0.15, 'title_number': 0.1, 'title_person': 0.21, 'title_push': 0.03, 'title_side': 0.24, 'title_thing': 0.37, 'unsaid': 0.69}
