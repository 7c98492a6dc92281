"""«Сбор данных»: where files are handed in. The pages talk to `pipelines.worker` in plain JSON in a folder.

`post` puts jobs there and reads the answers, `cards` says them as HTML, `draw` is the Streamlit side.
"""
