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
PUSH = {'bias': -2.54, 'about': 2.26, 'age': -1.16, 'analysis': -0.68, 'brief': -1.14, 'idle': -1.11, 'later_count': 0.06, 'later_date': 0.32, 'later_deed': 0.19, 'later_family': 0.61, 'later_number': 0.56, 'later_person': 0.05, 'later_side': 0.21, 'later_thing': 0.1, 'lead_bond': 0.38, 'lead_date': 0.4, 'lead_deed': 0.28, 'lead_new': 0.99, 'lead_number': 0.29, 'lead_person': 1.52, 'length': 2.37, 'near_concepts': -0.42, 'near_core': -1.28, 'old': -0.34, 'opens': -0.1, 'responsible': 0.02, 'same_day': -1.08, 'same_lang': 0.48, 'score': -1.66, 'size': -0.53, 'still': -0.99, 'title_bond': 1.19, 'title_date': 1.21, 'title_deed': 0.31, 'title_family': 0.86, 'title_named': 0.82, 'title_number': 0.46, 'title_person': 0.28, 'title_side': 0.41, 'title_thing': 0.69, 'unsaid': 0.59}
TELL = {'bias': -2.8, 'about': 2.04, 'age': -0.83, 'analysis': -0.87, 'brief': -1.34, 'idle': -1.26, 'later_count': 0.04, 'later_date': 0.24, 'later_deed': 0.25, 'later_family': 0.6, 'later_number': 0.44, 'later_person': 0.17, 'later_side': 0.64, 'later_thing': 0.62, 'lead_bond': 0.28, 'lead_date': 0.73, 'lead_deed': 0.24, 'lead_new': 0.72, 'lead_number': 0.31, 'lead_person': 1.34, 'length': 3.08, 'near_concepts': -0.6, 'near_core': -1.47, 'opens': -0.14, 'responsible': 0.5, 'same_day': -0.88, 'same_lang': 0.52, 'score': -1.25, 'size': -0.62, 'still': -0.64, 'title_act': 0.13, 'title_bond': 1.05, 'title_date': 0.92, 'title_deed': 0.27, 'title_family': 0.68, 'title_named': 0.35, 'title_person': 0.23, 'title_side': 0.33, 'title_thing': 0.43, 'unsaid': 0.5}
