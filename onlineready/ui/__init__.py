"""The screen: the only place, beside app.py and pages/, that knows Streamlit."""
